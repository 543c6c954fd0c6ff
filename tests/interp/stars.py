from toy import *

x = box(1)
y = need(x, 2)  # clash
z = nothing_of_toy  # unbound
