import Architectures
import Diagnostics
import Files
import LocatedYAML

/// Finds the descriptors that paths name and reads them: one that is wrong hides nothing of the others.
struct DescriptorSearch {
  private let tree: any SourceTree
  private let reader: ArchitectureReader
  private let extraSelects: [String]
  private let recorder: RecordingProvider
  private var loaded = LoadedDescriptors()
  private var mistakes = DescriptorMistakes()
  private var seen: Set<FilePath> = []

  /// A search in a tree.
  /// - Parameter extraSelects: what if the architectures selected these symbols too?
  init(_ tree: any SourceTree, catalog: KernelCatalog, selecting extraSelects: [String]) {
    self.tree = tree
    self.extraSelects = extraSelects
    reader = ArchitectureReader(catalog: catalog)
    recorder = RecordingProvider(base: tree)
  }

  /// Takes a file, or all YAML files below a folder.
  mutating func take(_ path: String) {
    do throws(Diagnostic) {
      for file in try descriptorFiles(path) where seen.insert(FilePath(file)).inserted { load(file) }
    } catch {
      mistakes.add(error, in: FilePath(path))
      // What is not there describes nothing that a report could be about.
      if (try? tree.kind(of: path)) != nil { loaded.unread.insert(file: FilePath(path)) }
    }
  }

  /// Everything that was found.
  var result: LoadedDescriptors {
    var result = loaded
    var mistakes = mistakes
    var first: [ArchitectureID: Architecture] = [:]
    result.architectures = loaded.architectures.filter { architecture in
      guard let other = first[architecture.id] else {
        first[architecture.id] = architecture
        return true
      }
      mistakes.add(.sameName(architecture, other), in: FilePath(architecture.path))
      return false
    }
    result.files = recorder.files
    result.mistakes = mistakes.all
    return result
  }

  private mutating func descriptorFiles(_ path: String) throws(Diagnostic) -> [String] {
    guard try tree.kind(of: path) == .folder else { return [path] }
    let listing = try tree.yamlFiles(in: path)
    for mistake in listing.mistakes { mistakes.add(mistake, in: FilePath(path)) }
    var files: [String] = []
    for file in listing.files {
      do throws(Diagnostic) {
        if !DocumentFormat.descriptor.excludes(try recorder.read(file)) { files.append(file) }
      } catch {
        // Nobody named the file: the message has to.
        var mistake = error
        mistake.place = .startOfFile(file)
        mistakes.add(mistake, in: FilePath(file))
        loaded.unread.insert(file: FilePath(file))
      }
    }
    return files
  }

  private mutating func load(_ path: String) {
    let file = FilePath(path)
    var problems: [Diagnostic] = []
    do throws(Diagnostics) {
      let found = try DescriptorLoader(sources: recorder).loadVariants(path)
      problems = found.mistakes
      for name in found.incomplete { loaded.unread.insert(architecture: name, of: file) }
      loaded.descriptors.append(found.descriptor)
      for variant in found.descriptor.variants {
        do throws(Diagnostics) {
          var architecture = try reader.read(variant, of: found.descriptor)
          architecture.selectAlso(extraSelects)
          loaded.architectures.append(architecture)
        } catch {
          problems += error.all
          loaded.unread.insert(architecture: variant.name, of: file)
        }
      }
    } catch {
      problems += error.all
      loaded.unread.insert(file: file)
    }
    for problem in problems.inTextOrder() { mistakes.add(problem.withStart, in: file) }
  }
}

extension Diagnostic {
  /// An empty file is told how it begins.
  fileprivate var withStart: Diagnostic {
    guard id == "YAML007" else { return self }
    var problem = self
    problem.help.append("start with 'schema: \(DescriptorSchema.name)'; what is missing is then listed")
    return problem
  }

  fileprivate static func sameName(_ architecture: Architecture, _ other: Architecture) -> Diagnostic {
    Diagnostic(
      id: "ARCH018",
      "two descriptors are named '\(architecture.name)' and describe kernel \(architecture.kernelDescription)",
      at: architecture.directory.range, notes: [.init("first here", at: other.directory.range)])
  }
}
