// fails: asked: an empty script starts nothing

