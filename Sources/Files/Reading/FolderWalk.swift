import Diagnostics
// errno is a variable in C; the tool has one thread.
@preconcurrency import Glibc

/// A walk through a folder and those below it, in search of YAML files.
struct FolderWalk {
  private static let deepest = 32

  /// Something in a folder.
  private struct Item {
    /// Its name, byte for byte.
    var name: [UInt8]
    /// Links followed; where nothing is behind it, why.
    var mode: Result<mode_t, SystemError>

    var isFolder: Bool { (try? mode.get()).map { $0 & S_IFMT == S_IFDIR } ?? false }
    var isYAML: Bool { String(decoding: name, as: UTF8.self).isYAML }
  }

  /// Adds the YAML files below a folder, in the order of the bytes of their names, folder by folder.
  /// - Throws: where the folder itself cannot be listed.
  func list(
    _ folder: String, inside parents: [FileSystem.Identity], into listing: inout FolderListing
  ) throws(Diagnostic) {
    var status = stat()
    guard stat(folder, &status) == 0 else { throw .cannotRead(folder) }
    let identity = FileSystem.Identity(status)
    guard !parents.contains(identity), parents.count < Self.deepest else {
      throw Diagnostic(
        id: "FILE005", "\(folder) leads back into itself", at: nil, help: ["a symbolic link makes the folder endless"])
    }
    let items = try items(of: folder).filter { $0.isFolder || $0.isYAML }
    for item in items.sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
      do throws(Diagnostic) {
        try take(item, in: FilePath(folder), inside: parents + [identity], into: &listing)
      } catch {
        listing.mistakes.append(error)
      }
    }
  }

  private func take(
    _ item: Item, in folder: FilePath, inside parents: [FileSystem.Identity], into listing: inout FolderListing
  ) throws(Diagnostic) {
    guard let name = String(validating: item.name, as: UTF8.self), FilePath(name).canBeShown else {
      throw .cannotBeShown(Array(folder.appending("").text.utf8) + item.name)
    }
    let path = folder.appending(name).text
    if case .failure(let error) = item.mode {
      throw .cannotRead(path, error.number)
    } else if item.isFolder {
      try list(path, inside: parents, into: &listing)
    } else {
      listing.files.append(path)
    }
  }

  /// What lies in a folder and is not hidden.
  private func items(of folder: String) throws(Diagnostic) -> [Item] {
    guard let stream = opendir(folder) else { throw .cannotRead(folder) }
    defer { closedir(stream) }
    var items: [Item] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw .cannotRead(folder) }
        return items
      }
      let item = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          var status = stat()
          let isThere = fstatat(dirfd(stream), name, &status, 0) == 0
          let bytes = UnsafeBufferPointer(start: name, count: strlen(name)).map { UInt8(bitPattern: $0) }
          return Item(name: bytes, mode: isThere ? .success(status.st_mode) : .failure(.current))
        }
      }
      if item.name.first != UInt8(ascii: ".") { items.append(item) }
    }
  }
}
