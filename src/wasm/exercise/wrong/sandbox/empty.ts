// fails: started: an empty script starts nothing

