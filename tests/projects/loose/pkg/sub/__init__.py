from .. import top
