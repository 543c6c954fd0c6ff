open("CANARY", "w").close()
