struct Soon {}
