package import Files
package import Kconfig

extension KernelTreeFiles: KconfigSources {}
