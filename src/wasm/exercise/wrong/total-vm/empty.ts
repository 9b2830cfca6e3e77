// fails: arguments: an empty script starts nothing

