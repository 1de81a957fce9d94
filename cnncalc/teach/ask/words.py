"""The one table of the field's words, English and Chinese, with what each means in a question about a layer.

A phrase is in small letters; blanks, hyphens and underscores between letters are one blank. The longest phrase counts.
What the layer kinds are called stands with the kinds (`spoken`).
"""

from __future__ import annotations

from functools import cache

from cnncalc.kinds import every
from cnncalc.kinds._contract import Role

COUNTED = {
    "filter": "filter|filters|kernel|kernels|卷积核|过滤器|滤波器|核|conv kernel|conv kernels|conv filters"
    "|convolution kernel|convolution kernels|convolutional kernels|convolutional kernel|convolution filters"
    "|convolutional filters|convolutional filter|convolution filter|池化核|feature detectors",
    "out_channels": "number of filters|num filters|no of filters|number of kernels|num kernels|out channels|out channel"
    "|output channels|output channel|output depth|c out|cout|filter count|number of output channels|输出通道数|输出通道"
    "|输出的通道数|卷积核个数|卷积核数量|卷积核的个数|卷积核数目|卷积核数|卷积核的数量|滤波器个数|滤波器数量|过滤器个数"
    "|过滤器数量|输出深度|output maps|output feature maps|number of feature maps|num output channels|filters number"
    "|number of output feature maps|amount of filters|depth of output|channels out|channel out",
    "in_channels": "in channels|in channel|input channels|input channel|input depth|c in|cin|number of input channels"
    "|输入通道数|输入通道|输入的通道数|input feature maps|input maps|图像通道数|图片通道数|num input channels"
    "|channels in|channel in|input planes|planes|plane",
    "channels": "channel|channels|通道|通道数|depth|deep|深度|feature maps|feature map|maps|特征图|特征映射|number of channels",
    "out_features": "neuron|neurons|unit|units|hidden units|hidden neurons|output units|output neurons|outputs|classes"
    "|神经元|神经单元|隐藏单元|隐藏神经元|隐层神经元|输出神经元|类别|分类|nodes|hidden nodes|output nodes|output classes"
    "|out features|output features|输出特征|输出节点|个输出|类|神经元个数|神经元数量|number of neurons|隐藏节点|节点"
    "|num classes|number of units|number of classes|output node|hidden unit|hidden neuron|output class|output unit",
    "in_features": "inputs|input features|input units|input neurons|in features|input nodes|输入特征|输入神经元|输入节点"
    "|dimensional input|dimensional vector|dimensional|维输入|维向量|维|input values|features|个特征|特征"
    "|dim input|dimensional feature vector|d vector|input feature|input unit|input neuron|维特征|number of inputs",
    "groups": "groups|group|分组|组|分组数|组数|number of groups|cardinality|group count",
    "batch": "batch|batch size|batches|批大小|批量|批次大小|批量大小|批|minibatch|mini batch|minibatch size|images per batch"
    "|mini batch size|batch of|批次|batchsize|一批|mini batch of|minibatch of",
}
"""Words whose numbers count things, and stand before the word (`10 filters`) or after it (`out channels 10`)."""

MEASURED = {
    "kernel_size": "kernel size|filter size|size of kernel|size of filter|receptive field|感受野|kernel width|卷积核大小"
    "|卷积核尺寸|卷积核的大小|卷积核的尺寸|核大小|核尺寸|滤波器大小|滤波器尺寸|过滤器大小|过滤器尺寸|window size|window"
    "|pool size|池化窗口|窗口|窗口大小|池化大小|池化核大小|池化尺寸|池化窗口大小|windows|kernel shape|filter shape|kernelsize"
    "|filter dimensions|kernel dimensions|filter width|pooling size|pooling window|spatial extent|卷积窗口|size of kernels"
    "|size of filters|size of the kernel|size of the filter|size of the filters|size of the kernels|size of each filter"
    "|filter sizes|kernel sizes|滑动窗口|滑窗|池化区域|pool window|pooling kernel|池化核尺寸|pooling filter|pooling regions"
    "|pooling region|size of each kernel|pooling windows",
    "stride": "stride|strides|step|steps|strided|步长|步幅|步距|滑动步长|移动步长|step size|stride size|step length|跨度|stride length"
    "|stepsize|卷积步长|池化步长|moves by|moving by",
    "padding": "padding|pad|pads|padded|zero padding|zero pad|zero padded|zeropadding|填充|补零|补边|边缘填充|零填充|补0|padding size"
    "|填充大小|填充数|填充量|amount of padding|padding amount|amount of zero padding|边界填充|每边填充|zeros|填零|补|填|加边"
    "|周围填充|四周填充|填充圈数|圈0|圈零|圈|个0|个零",
    "dilation": "dilation|dilated|dilation rate|dilation factor|atrous|atrous rate|膨胀|空洞|膨胀率|空洞率|膨胀系数|扩张率|扩张"
    "|膨胀因子|dilate|dilated by|rate|dilation of",
    "output_padding": "output padding|输出填充|outputpadding",
    "input": "input|image|images|input image|input images|picture|input size|input volume|input feature map|input map"
    "|input shape|input tensor|input dimensions|输入|图像|图片|图|输入图像|输入图片|输入尺寸|输入大小|输入特征图|输入数据|照片"
    "|input resolution|image size|图像大小|图像尺寸|图片大小|图片尺寸|输入图像大小|输入图像尺寸|输入图片大小|输入图片尺寸"
    "|输入特征图大小|输入特征图尺寸|input width|pictures|photo|photos|input length|sequence|sequence length|序列|signal|信号|长度"
    "|输入长度|序列长度|input vector|原图|输入矩阵|矩阵|matrix|input matrix|输入张量|张量|tensor|volume|分辨率|resolution|frame"
    "|输入形状|input activation|activations|输入层|input layer|patch|grid|length|spectrogram|the input|边长|input is of size"
    "|inputs of size|inputs of shape|input data|input activation map|输入的大小|输入的尺寸|输入体积|size of the input"
    "|size of input|size of the image|map|map of size|输入图|图像输入|图片输入|crop|crops|一张图",
    "output": "output|outputs|输出|结果|得到|result|produce|produces|gives|yields|gets|come out|comes out|输出特征图|output map"
    "|output feature map|feature map out|output image|resulting feature map|resulting map|resulting image|出来|得出"
    "|输出图像|输出图|产生|特征图输出|reduce to|reduced to|down to|变成|变为|变|get|feature map come out|卷积后|池化后"
    "|resulting feature maps|输出结果|remains|left|result in|出|out",
    "height": "height|高|高度|rows|行",
    "width": "width|宽|宽度|columns|cols|列",
    "both_channels": "input and output channels|in and out channels|input/output channels|输入输出通道|输入输出通道数|输入和输出通道"
    "|输入和输出通道数|输入、输出通道|输入、输出通道数|输入与输出通道|输入与输出通道数|输入通道和输出通道|输入通道数和输出通道数|输入通道与输出通道"
    "|输入输出的通道数|输入和输出的通道数|input channels and output channels",
    "kernel_depth": "deep filters",
}
"""Words whose numbers are sizes, and stand behind the word (`stride 2`) or before it (`5x5 kernel size`)."""

LETTERS = {
    "k": "kernel_size",
    "K": "kernel_size",
    "f": "kernel_size",
    "F": "kernel_size",
    "s": "stride",
    "S": "stride",
    "p": "padding",
    "P": "padding",
    "d": "dilation",
    "D": "channels",
    "g": "groups",
    "G": "groups",
    "n": "input",
    "N": "input",
    "w": "width",
    "W": "width",
    "h": "height",
    "H": "height",
    "m": "output",
    "M": "output",
    "i": "input",
    "o": "output",
    "C": "in_channels",
    "c": "in_channels",
}
"""Letters in front of an equals sign or a number. W alone is the input size; K beside F counts filters."""

ASKED = {
    "output_size": "output size|之后多大|后多大|后是多大|之后是多大|变多大|变成多大|变成多少|变为多少|变为多大|输出feature map大小|输出feature map的大小"
    "|feature map大小|feature map的大小|feature map尺寸|feature map的尺寸|输出feature map尺寸|输出size|输出的size|output大小|output的大小|output尺寸|"
    "output的尺寸|输出map大小|后大小|后的大小|后尺寸|后的尺寸|之后的大小|之后的尺寸|result size|resulting size|输出多大|output sizes|output spatial size|size of output|size of the output|spatial size|spatial dimensions"
    "|spatial resolution|output height and width|output resolution|output width|output height|输出尺寸|输出大小|输出特征图大小"
    "|输出特征图尺寸|输出特征图的大小|输出特征图的尺寸|输出的大小|输出的尺寸|feature map size|特征图大小|特征图尺寸|特征图的大小"
    "|特征图的尺寸|feature map sizes|size of feature map|size of the feature map|size of the feature maps|输出图像大小"
    "|输出图像尺寸|输出图像的大小|输出边长|output length|输出长度|输出图像的尺寸|size of the resulting feature map"
    "|output feature map size|size of the output feature map|size of output feature map|activation map size|output map size"
    "|output image size|size of the output image|size of the resulting feature maps|输出分辨率|size of the result|size after"
    "|size of the map|输出的边长|输出的特征图大小|输出的特征图尺寸|spatial extent of the output|width of the output"
    "|height of the output|side of the output|输出宽高|输出的宽高|输出高宽|卷积后的尺寸|卷积后的大小|卷积后大小|卷积后尺寸"
    "|池化后的大小|池化后的尺寸|池化后大小|池化后尺寸|size of the activation map|size of the output map|输出图的大小|output side",
    "output_shape": "output shape|输出shape|输出的shape|output形状|output的形状|output维度|output volume|output dimensions|output dimension|output dims|dimensions of output"
    "|dimensions of the output|dimension of the output|shape of output|shape of the output|output tensor|输出维度|输出形状"
    "|输出的维度|输出的形状|shape|输出体积|dimensions|output volume size|volume of the output|size of the output volume|维度"
    "|shape of the output tensor|output tensor shape|输出张量|输出张量的形状|输出张量形状|dimensionality|输出特征图的维度"
    "|output feature map shape|输出特征图维度|输出特征图形状|输出特征图的形状|形状|output volume dimensions|output volume shape"
    "|dimensionality of the output|spatial dimensions of the output volume|dimensions of the output volume|shapes"
    "|shape of the result|dimension of the resulting feature map|dimensions of the resulting feature map|输出数据体|activation volume|resulting volume"
    "|shape of the output volume|dims|输出尺寸和通道数|shape of the resulting tensor|shape of the resulting volume"
    "|output volume dimension|dimensions of the resulting volume|shape of the output feature map|output feature map dimensions",
    "parameters": "parameter|parameters|params|param count|parameter count|number of parameters|number of params|learnable parameters"
    "|trainable parameters|参数|参数量|参数个数|参数数量|参数数目|可学习参数|可训练参数|param|num params|total parameters|总参数"
    "|总参数量|参数总数|参数总量|learned parameters|free parameters|learnables|num parameters|parms|paras|可训练参数量"
    "|parameter number|参数数",
    "weights": "weight|weights|number of weights|权重|权重数|权重个数|权重数量|权值|权值个数|weight count|connection weights"
    "|weight parameters|权重参数|连接权重|权重量|权值数量|权",
    "multiplications": "multiplication|multiplications|multiplies|multiply operations|number of multiplications|乘法|乘法次数|乘法量"
    "|乘法运算|乘法运算次数|乘法操作|mults|products|scalar multiplications|次乘法|乘法数|乘法计算次数|multiplication operations"
    "|乘法计算|乘法计算量|mul|muls|number of multiply operations|乘法的次数",
    "additions": "additions|adds|number of additions|加法|加法次数|加法运算|addition operations|次加法|加法运算次数",
    "macs": "mac|macs|multiply accumulate|multiply accumulates|multiply accumulate operations|multiply adds|madds|mult adds|乘加"
    "|乘加次数|乘加运算|乘加运算次数|multiply add|madd|mac operations|multiply add operations|乘累加|乘累加次数|gmacs",
    "flops": "flop|flops|floating point operations|浮点运算|浮点运算次数|浮点运算量|浮点数运算|浮点操作数|gflops|浮点计算量",
    "cost": "计算量|operations|运算量|computational cost|ops|computation|computations|compute cost|运算次数|计算次数|arithmetic operations",
    "separate_kernels": "独立的卷积核|separate kernels|separate 2d kernels|separate filters|独立卷积核|单独的卷积核|二维卷积核",
    "receptive_field": "等效卷积核大小|等效卷积核|等效核大小|等效卷积核尺寸|effective kernel size|effective kernel|effective filter size",
    "weights_per_neuron": "一个卷积核有多少个权重|一个卷积核有多少权重|一个卷积核的权重数|单个卷积核有多少个权重|一个神经元的权重|每个神经元的权重数|一个神经元有多少权重|一个神经元有多少个权重|weights per neuron|weights does a neuron have|weights does one neuron have|weights does a single neuron have|weights per filter|weights per kernel|weights in each filter|weights in each kernel"
    "|weights does each neuron have|weights in one filter|weights of each filter|weights does each filter have|每个神经元的权重"
    "|每个卷积核的权重|每个神经元有多少权重|weights of one neuron|weights per output neuron|每个卷积核有多少权重"
    "|每个卷积核有多少个权重|每个神经元有多少个权重|weights for each neuron|weights for each filter",
    "fully_connected_weights": "weights of the equivalent fully connected layer|fully connected weights|全连接权重"
    "|equivalent fully connected layer|equivalent fully connected|fully connected equivalent|fully connected instead"
    "|fully connected layer instead|等价的全连接层|等价全连接层|改用全连接|改成全连接|换成全连接|换成全连接层|改成全连接层"
    "|改用全连接层|replaced by a fully connected layer|replaced with a fully connected layer|dense layer instead|用全连接层代替",
    "locally_connected_weights": "locally connected weights|locally connected|locally connected layer|局部连接权重|局部连接"
    "|locally connected instead|without weight sharing|without parameter sharing|no weight sharing|没有参数共享|不共享权重|不共享参数"
    "|weights were not shared|no parameter sharing",
}
"""Words for what is asked. With a number behind it, an output size is given instead."""

OTHERS = {
    "bias": "bias|biases|bias term|bias terms|偏置|偏置项|偏差|偏移|bias parameters|use bias|偏置参数|偏置数|number of biases|偏置个数"
    "|bias term per filter|bias per filter|one bias per filter|偏执|bias vector|bias unit|bias weights",
    "no": "no|without|not counting|excluding|ignoring|ignore|not including|exclude|w/o|disregarding|neglecting|neglect|不含|无|不考虑"
    "|不计|忽略|没有|不带|去掉|不加|不包含|不包括|不算|不使用|不用|不|未|none|false|off|zero|not|non|omit|omitting|disregard"
    "|not use|does not use|doesn't use|do not count|don't count|不要|无需|省略|有无|without any|no extra|never|aren't|isn't"
    "|doesn't have|does not have|has no|have no|没|并非|非|不会|不能|不可能|didn't|did not|don't|do not|can't|cannot|couldn't"
    "|won't|wouldn't|shouldn't|wasn't|weren't|haven't|hasn't|don't include|do not include|does not include|免",
    "with": "with|including|include|includes|plus|含|包括|包含|带|考虑|加上|加|计入|有|true|on|using|uses|use|used|counting|count"
    "|considering|has|have|having|使用|采用|用|且|incl|并|算上|连同|配|included|counted|也算|都算|算在内|计算在内|包括在内"
    "|包含在内|计算进去|算进去|don't forget|do not forget|not forgetting|remember|不要忘|不要忘了|不要忘记|别忘|别忘了|别忘记|记得加|记得",
    "both": "with and without|without and with|有无|有和没有|有和无|含和不含|带和不带|both with and without|含与不含|加和不加|有与没有",
    "is": "=|:|is|of|为|是|取|equals|equal to|are|等于|设为|设置为|到|was|at|均为|都是|都为|各为|set to|being|equal|size of|being of",
    "size": "size|sizes|大小|尺寸|of size|of shape|sized|边|size of each",
    "keep": "keep|stay|stays|remain|remains|keeps|preserve|preserves|maintain|maintains|unchanged|不变|保持|same size|same spatial size|same as the input"
    "|与输入相同|same resolution|keeping|preserving|preserved|相同|same dimensions|same spatial dimensions|一样|一致|same width"
    "|equal to the input|equals the input|match the input|matches the input|same output size|same input and output size|stays the same"
    "|same height and width|same as input|same size as the input|一样大|同样大小|相等|stay the same|same size as input"
    "|equal the input size|same input output size|not shrink|doesn't shrink|does not shrink|不缩小",
    "same": "same|'same'|same padding|padding same|same convolution|same填充|padding='same'|same conv|same mode|same模式|same卷积"
    "|padding is same|padding 'same'|same zero padding|填充方式same|with same padding",
    "valid": "valid|valid padding|valid convolution|padding valid|valid卷积|valid conv|valid填充|valid mode|valid模式|padding is valid",
    "no_padding": "没填充|没加填充|没补零|没有补零|unpadded|no padding|without padding|no zero padding|不填充|没有填充|无填充|不补零|不加填充|未填充|不做填充|不使用填充"
    "|不用填充|no pad|without any padding|填充无|without zero padding|不进行填充|zero padding is not used|padding none|no zero pad"
    "|不补0|不padding|没有padding|无padding|不加padding|padding is not used|不带填充|不填补|without pad|不需要填充|no pads",
    "full_padding": "full padding|full convolution",
    "depthwise": "depthwise|depth wise|dw|逐通道|逐深度|depthwise separable|深度可分离|逐通道卷积|深度卷积|channelwise|深度可分离卷积",
    "pointwise": "pointwise|point wise|逐点|逐点卷积|network in network",
    "grey": "grey|gray|grayscale|greyscale|灰度|黑白|black and white|单通道|monochrome|gray scale|grey scale|single channel|灰度图|灰度图像"
    "|灰度图片|one channel|single channeled",
    "colour": "rgb|彩色|color|colour|三通道|colored|coloured|colour image|color image|彩色图|彩色图像|彩色图片|rgb图像|rgb图|rgb图片",
    "one_d": "1d|1 d|一维|one dimensional",
    "two_d": "2d|2 d|二维|two dimensional",
    "three_d": "3d|3 d|三维|three dimensional",
    "ceil": "ceil mode|ceil|round up|rounded up|rounding up|向上取整",
    "floor": "floor|round down|rounded down|rounding down|向下取整",
    "howmany": "how many|how much|多少|几|几个|多少个|多少次|number of|count of|总共多少|total number of|amount of|num",
    "what": "what|which|how big|how large|find|compute|calculate|determine|give|求|多大|什么|state|evaluate|derive|work out|是几|多宽|多高"
    "|how wide|how tall|要多大|怎么算|计算|求出|算一下|算|how long|how deep|what's|whats|tell|need|needed|required|requires|needs|需要|需"
    "|should|must|应|应该|哪个|多长|到底|how|几乘几",
    "leads": "降到|降至|降为|降维到|升到|升至|升为|升维到|压缩到|扩展到|增加到|减少到",
    "then": "then|后再|后跟|后面跟|又|又一层|又经过|followed by|and then|然后|再经过|接着|之后再|再|之后|followed|随后|后接|接|再接|next|后面接|再做|再用|afterwards|before"
    "|再通过|最后|finally|其后|紧接|subsequent|subsequently",
    "times": "twice|thrice|repeatedly|repeated|两次|两遍|三次|三遍|重复",
    "in_order": "依次|先后|sequentially|in sequence|successively|in order|in turn|one after another|串联",
    "and": "and|和|与|及|以及|、|&|还有|or|或|also|as well as|/",
    "instead": "instead|代替",
    "each": "each|each side|on each side|per side|on all sides|on every side|on both sides|every side|all around|每边|每侧|各|四周|上下左右"
    "|两边|per neuron|per filter|each neuron|each filter|around the border|each edge|all sides|every border|both sides|each border"
    "|each dimension|per dimension|both dimensions|in both dimensions|in each direction|both directions|in both directions",
    "sided": "left padding|right padding|top padding|bottom padding|padding left|padding right|padding top|padding bottom|pad left"
    "|pad right|pad top|pad bottom|左填充|右填充|上填充|下填充|左补|右补|on the left|on the right|left side|right side|left only|right only|at the top|at the bottom|on the bottom"
    "|on top|one side|on one side|top and left|bottom and right|一侧|单侧|一边|左边|右边|左侧|右侧|上边|下边|上方|下方|顶部|底部|左上|右下",
    "total_padding": "in total padding|total padding|总填充|padding in total",
    "why": "why|how come|为什么|为啥|为何|凭什么|怎么会|怎么是",
    "claims": "i got|i get|i calculated|i computed|i found|i obtained|i think|i believe|i say|my answer|my result|the answer|answer"
    "|my calculation gives|my solution|the solution|我算的|我算的是|我算出来|我算出来的|我算出|我算得|我算到|我算了|我得到|我得出|我得"
    "|我求出|我求得|我的答案|我的结果|我的解|我觉得|我认为|我以为|我猜|答案|算出来|算得|正确答案|同学说|老师说|he says|she says",
    "checks": "对吗|对么|对嘛|对不对|对吧|对否|正确吗|正确么|是否正确|对还是错|是不是|是否|吗|么|嘛|right|correct|is that right|is this right"
    "|is it right|is that correct|is this correct|is it correct|am i right|isn't it|right or wrong|true or false|有没有错|错了吗|有错吗",
    "stacked": "stacked|stack|stacks|stack of|stacking|堆叠|叠加|串接|叠起来|叠在一起|堆在一起|堆起来|堆叠起来|叠|级联|连续|cascaded|consecutive"
    "|on top of each other|in a row|back to back|叠放|相叠",
    "replaces": "replace|replaces|replacing|replaced|substitute|substitutes|equivalent to|equals a|代替|替代|替换|取代|等价于|等效于|相当于"
    "|等效|等价|拆成|分解成|分解为|拆分成|换成|same receptive field as|as large a receptive field as|factorize|factorized into|顶",
    "difference": "fewer|less than|less parameters|difference|more than|greater than|larger than|bigger than|smaller than|lower than|higher than"
    "|exceed|exceeds|大于|小于|超过|超出|不到|不足|达不到|高于|低于|多于|少于"
    "|不超过|不大于|不小于|大于等于|小于等于|少多少|多多少|节省|省多少|减少了多少|减少多少|相差|差多少|几倍|多少倍|少了多少"
    "|times more|times fewer|times as many|saved|savings|几分之一",
    "compares": "at least|at most|no more than|below|above|under|至少|至多|最多|最少|以上|以下|以内"
    "|roughly|approximately|approx|nearly|almost|circa|or so|左右|大约|大概|约为|约等于|接近|近似|将近|几乎|差不多|变小|变大|变少|变多|缩小|减小"
    "|减少|增加|增大|扩大|放大|shrink by|shrinks by|shrunk by|reduced by|reduces by|grows by|grow by|increased by|increases by"
    "|decreased by|decreases by|smaller by|larger by|smaller|larger|bigger|half|halved|halves|double|doubled|doubles|减半|一半|翻倍",
    "one_filter": "one filter|a single filter|single filter|a single kernel|one kernel|single kernel|一个卷积核|单个卷积核|1个卷积核",
    "beyond": "fraction|percent|percentage|proportion|ratio|比例|百分之|memory|bytes|byte|mb|kb|gb|kib|mib|gib|内存|显存|存储|epoch|epochs|loss|accuracy|gradient|gradients|backward|backprop|反向"
    "|backpropagation|训练时间|time|seconds|latency|energy|speed|dollars|准确率|损失|learning rate|学习率|梯度|learning|天气|weather"
    "|延迟|速度|时间|batch norm statistics|asymmetric|非对称|area|面积|output values|output value|output elements|输出值|输出元素|activation memory|reflect|circular|replicate|causal|因果|unpooling|deformable"
    "|squeeze|attention|注意力|transformer|circularly",
    "recurrent": "lstm|rnn|gru|循环神经网络|长短期记忆",
}
"""Everything else that has a meaning.

`beyond` is what no answer here is about, `recurrent` what another command is for; with `compares` a number is not the
answer but more, less or nearly it.
"""

COUNTED_IN = (
    *("counted", "included"),
    *("也算", "都算", "算在内", "计算在内", "包括在内", "包含在内", "计算进去", "算进去", "计入"),
)
"""Words behind biases that say that they count."""

COMPARED = ("fully connected", "dense", "全连接")
"""How words begin that compare a convolution with a fully connected layer for the same maps."""

SIGHT = ("receptive field", "感受野")
"""Words for the receptive field: with a number a kernel's size, without one what is asked."""

FILLER = (
    "hidden layer|first hidden layer|output layer|隐藏层|隐层|第一隐藏层|第一个隐藏层|a|an|the|this|that|these|those|it|its|in|on|to|by|for|from|as|if|we|you|i|be|been|will|would|can|could|does|do|did|has|let|given|"
    "consider|suppose|assume|assuming|there|layer|layers|network|net|cnn|neural|model|apply|applied|applying|applies|pass|passed|through|"
    "into|over|after|total|all|only|just|just|when|where|whose|so|than|but|s|my|me|please|square|single|different|learnable|distinct|"
    "spatial|value|values|input's|hidden|first|second|third|last|one|such|using|following|operation|performed|perform|performing|single|"
    "about|per|own|exactly|question|answer|hi|hello|thanks|thank|us|your|our|their|they|then|too|pixel|pixels|px|like|respectively|get|"
    "takes|take|taking|receives|receive|feeds|fed|feed|goes|go|going|run|running|slide|slides|sliding|pytorch|keras|tensorflow|torch|nn|"
    "tf|relu|here|now|again|still|both|any|some|make|makes|made|become|becomes|called|named|say|says|standard|normal|ordinary|regular|"
    "default|them|usual|vanilla|common|simple|small|large|big|number|numbers|quantity|image's|formula|show|explain|work|steps|step by step|"
    "不知道|不确定|不懂|不明白|不理解|没看懂|don't know|do not know|not sure|don't understand|do not understand|"
    "connected|connecting|connects|connect|channels first|channels last|computing|contain|contains|contained|comes|learn|learns|learned|"
    "的|了|请|问|一|一个|一张|一层|个|张|层|次|经|过|经过|通过|对|对于|进行|做|在|上|中|里|下|某|该|这|那|这个|那么|则|后|其|其中|"
    "假设|假如|如果|若|已知|设|给定|给|现|现在|有一|一共|共|总共|共有|总|时|以|由|把|将|被|会|能|可以|可|我|你|我们|吗|呢|吧|啊|么|"
    "像素|大|小|输入到|送入|进入|网络|神经|神经网络|模型|题|问题|面试|面试题|老师|大家|谢谢|帮|帮忙|一下|怎么|如何|为了|让|使|使得|要|"
    "它|它的|分别|分别是|每个|每|单|整个|全部|所有|就|也|还|而|并且|且|同时|按|用来|默认|普通|标准|连接|相连|接到|之|于|与之|个数|数|数量|"
    "幅|块|条|种|份|步|路|来|去|前|从|既|又|都|均|至|多|请问|求解|方|方法|公式|得|到的|所得|得到的|运算|操作|扫描|滑动|处理|过程|第|"
    "convolve|convolving|scan|scanning|along|across|onto|out of|i have|i've|we've|there's|that's|it's|'s|is there|are there|let's|"
    "quick|interview|exam|homework|problem|student|hey|ok|okay|sir|dear|so|well|architecture|block|module|tensor of|form|type|"
    "style|usually|typical|given that|know|known|want|wants|wanted|like to|trying|try|final|eventual|ultimate|overall|entire|actual|resulting|最终|最终的|最后的|right|correct|expected|expect|end|up|end up|fully"
)
"""Words that add nothing; they may stand between a word and its number."""

NUMBERS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    "twenty": 20,
    "thirty two": 32,
    "thirty": 30,
    "sixty four": 64,
    "hundred": 100,
    "one hundred": 100,
    "sixteen": 16,
    "forty": 40,
    "fifty": 50,
    "ninety six": 96,
}


@cache
def table() -> dict[str, tuple[str, ...]]:
    """Every phrase with its meaning: (class, meaning), for a kind its names by number of axes behind it."""
    found: dict[str, tuple[str, ...]] = {}
    for phrase in FILLER.split("|"):
        found[phrase] = ("filler",)
    for word in NUMBERS:
        found[word] = ("numeral", word)
    for name, words in (("other", OTHERS), ("asked", ASKED), ("field", MEASURED), ("field", COUNTED)):
        for meaning, phrases in words.items():
            for phrase in phrases.split("|"):
                found[phrase] = (name, meaning)
    for kind in every():
        for phrase in kind.spoken:
            before = found.get(phrase, ())
            found[phrase] = (*before, kind.name) if before[:1] == ("kind",) else ("kind", kind.name)
        if Role.NONLINEARITY in kind.roles:
            for phrase in kind.foreign:
                found[phrase.lower()] = ("filler",)
    return found
