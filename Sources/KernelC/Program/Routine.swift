package import Diagnostics

/// A function of an architecture as text: a body without its braces, and what the body needs in front of it.
package struct Routine: Sendable {
  /// A parameter of the routine.
  package struct Parameter: Hashable, Sendable {
    /// What the parameter carries.
    package enum Kind: Hashable, Sendable, CaseIterable {
      /// `struct page *`: the struct page that `Program.run` is given.
      case page
      /// `struct folio *`: the struct page that `Program.run` is given, as a folio.
      case folio
      /// `pte_t`: a PTE that maps the struct page that `Program.run` is given.
      case pte
      /// `pte_t *`: a pointer to such a PTE.
      case ptePointer
      /// A pointer to any other object of the kernel, such as `struct mm_struct *`; its value is unknown.
      case object
      /// An integer, such as an address in user space; its value is unknown.
      case integer
    }

    /// The name that the body uses.
    package var name: String
    /// What it carries.
    package var kind: Kind

    /// Makes a parameter.
    package init(_ name: String, _ kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  /// The name of the function, for reports.
  package var name: String
  /// Its parameters in order.
  package var parameters: [Parameter]
  /// The statements of the function, without the braces around them.
  package var body: EmbeddedText
  /// Macros, `#if` blocks and helper functions that stand in front of the function.
  package var declarations: EmbeddedText?

  /// Makes a routine.
  package init(name: String, parameters: [Parameter], body: EmbeddedText, declarations: EmbeddedText? = nil) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.declarations = declarations
  }
}

extension Routine.Parameter.Kind {
  var type: CType {
    switch self {
    case .page: .pagePointer
    case .folio: .folioPointer
    case .pte: .pte
    case .ptePointer: CType.pte.pointer()
    case .object: .opaquePointer
    case .integer: .unsignedLong
    }
  }

  /// Whether the parameter carries the address of the struct page.
  var carriesPage: Bool {
    switch self {
    case .page, .folio, .pte, .ptePointer: true
    case .object, .integer: false
    }
  }
}
