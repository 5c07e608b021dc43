import Diagnostics
import Foundation
import Testing

@testable import Files

/// What lies below a folder: by bytes, and nothing hides anything.
struct FolderListingTests {
  @Test func `files are sorted by their bytes, folder by folder`() throws {
    let folder = try ScratchFolder()
    for name in ["b.yaml", "B.yaml", "a/x.yml", "e\u{301}.yaml", "\u{E9}.yaml", "K.yaml", "\u{212A}.yaml", "n.txt"] {
      try folder.write(name, "")
    }
    let listing = try FileSystem().yamlFiles(in: folder.path)
    let names = listing.files.map { String($0.dropFirst(folder.path.count + 1)) }
    let expected = ["B.yaml", "K.yaml", "a/x.yml", "b.yaml", "e\u{301}.yaml", "\u{E9}.yaml", "\u{212A}.yaml"]
    #expect(names.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
    #expect(listing.mistakes.isEmpty)
  }

  @Test func `a folder without end and a link to nothing hide nothing`() throws {
    let folder = try ScratchFolder()
    try folder.write("good.yaml", "")
    try folder.write("inner/also.yaml", "")
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/inner/up", withDestinationPath: "..")
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/dead.yaml", withDestinationPath: "nothing")
    let listing = try FileSystem().yamlFiles(in: folder.path)
    #expect(listing.files.count == 2)
    #expect(listing.mistakes.map(\.id) == ["FILE001", "FILE005"])
  }

  @Test func `a path is shown relative to the working folder and without detours`() {
    let files = FileSystem()
    for (path, shown) in [
      ("./a//b", "a/b"), ("a/./b", "a/b"), (".", "."), ("", ""), ("/", "/"), ("a/../b", "a/../b"),
      (FileManager.default.currentDirectoryPath + "/x", "x"), (FileManager.default.currentDirectoryPath, "."),
    ] {
      #expect(files.shortened(path) == shown, "\(path)")
    }
  }
}
