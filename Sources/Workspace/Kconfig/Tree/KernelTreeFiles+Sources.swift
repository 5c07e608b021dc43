package import Files
import Kconfig

extension KernelTreeFiles: KconfigSources {}
