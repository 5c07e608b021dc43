import Foundation
import Testing

@testable import Files

/// Files are written as a whole or not at all.
struct FileReplacementTests {
  @Test func `a file is replaced and nothing lies beside it`() throws {
    let folder = try ScratchFolder()
    let path = folder.path + "/report.txt"
    try FileReplacement.write([.init(path: path, text: "first")])
    try FileReplacement.write([.init(path: path, text: "second")])
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "second")
    #expect(try folder.names == ["report.txt"])
  }

  @Test func `where one of two cannot be written the other stays as it was`() throws {
    let folder = try ScratchFolder()
    let path = folder.path + "/report.txt"
    try FileReplacement.write([.init(path: path, text: "first")])
    #expect(throws: (any Error).self) {
      try FileReplacement.write([.init(path: path, text: "second"), .init(path: folder.path + "/no/x", text: "")])
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "first")
    #expect(try folder.names == ["report.txt"])
  }

  @Test func `a new file is never written over another`() throws {
    let folder = try ScratchFolder()
    let path = folder.path + "/deep/port.yaml"
    try NewFile.create([NewFile(path, "first")])
    #expect(throws: (any Error).self) { try NewFile.create([NewFile(path, "second")]) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "first")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/deep") == ["port.yaml"])
  }

  @Test func `what had the name is kept beside it`() throws {
    let folder = try ScratchFolder()
    let path = folder.path + "/.config"
    try FileReplacement.writeAtName(.init(path: path, text: "first"), keepsOld: true)
    try FileReplacement.writeAtName(.init(path: path, text: "second"), keepsOld: true)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "second")
    #expect(try String(contentsOfFile: path + ".old", encoding: .utf8) == "first")
    #expect(try folder.names == [".config", ".config.old"])
  }
}
