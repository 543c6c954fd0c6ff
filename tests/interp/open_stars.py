from elsewhere import *
from toy import box

x = perhaps_from_there
y = box(1)
