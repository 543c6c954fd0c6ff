from models.stack import build
print "LSTM"  # error: broken-syntax
