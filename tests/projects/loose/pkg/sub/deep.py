from pkg.top import LSTM
import outside
