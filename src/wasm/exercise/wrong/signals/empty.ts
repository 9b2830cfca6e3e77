// fails: started: an empty script starts nothing

// reply last-chance: at the signal-delivery-stop
