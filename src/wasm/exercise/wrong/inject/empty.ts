// fails: started: an empty script starts nothing
// reply which: the last one
// reply where: save
