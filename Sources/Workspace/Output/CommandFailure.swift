package import Diagnostics
import Files

/// A command could not do its work; the diagnostics say why.
package struct CommandFailure: Error {
  /// What is wrong.
  package var diagnostics: [Diagnostic]
  /// Files whose lines the messages show.
  package var files: [SourceFile]

  /// More messages than this help nobody.
  private static let mostShown = 100

  package init(_ diagnostics: [Diagnostic], files: [SourceFile] = []) {
    self.diagnostics = diagnostics
    self.files = files
  }

  package init(_ diagnostic: Diagnostic) {
    self.init([diagnostic])
  }

  /// Is it the machine's fault? I/O errors beat invalid input: a run that could not read a file says nothing about its
  /// contents.
  package var isIOError: Bool { diagnostics.contains { $0.id.hasPrefix("IO") } }

  package func write(style: DiagnosticRenderer.Style) {
    let shown = diagnostics.prefix(Self.mostShown)
    let named = Set(shown.flatMap { $0.notes.map(\.place.file) } + shown.compactMap { $0.place?.file })
    let renderer = DiagnosticRenderer(files: files.filter { named.contains($0.identity) }, style: style)
    var output = OutputStream.standardError
    for diagnostic in shown {
      renderer.render(diagnostic, into: &output)
    }
    if diagnostics.count > shown.count { output.write("... and \(diagnostics.count - shown.count) more\n") }
  }
}
