import Diagnostics
import Testing

@testable import KernelC

/// Functions that read the struct page they are given as that of a folio, which only a head is.
@Suite struct FolioPropertyTests {
  static let functions = ["folio_test_hugetlb", "folio_nr_pages", "folio_order", "folio_size"]

  private func ending(of body: String, at structPage: Int, _ fixture: Fixture = Fixture()) throws
    -> ExecutionPath.Ending
  {
    let memory = FlatVmemmap.optimised(structPages: 512, headFlags: 1 << 6)
    return try fixture.runOnce(body, on: memory, at: structPage).path.ending
  }

  @Test(arguments: functions, [1, 63, 64, 128])
  func aTailThatIsCastToAFolioIsNotUnderstood(function: String, tail: Int) throws {
    guard
      case .notUnderstood(let reason) = try ending(
        of: "if (\(function)((struct folio *)page)) return;", at: tail)
    else {
      Issue.record("understood")
      return
    }
    #expect(reason.construct == "undefined result of '\(function)() of a struct page that is no head'")
    #expect(reason.place.startText == "10:\(4 + 6 + function.count)")
  }

  @Test(arguments: functions)
  func foliosThatAreHeadsAreAnswered(function: String) throws {
    for body in ["page_folio(page)", "(struct folio *)compound_head(page)"] {
      for structPage in [0, 1, 64] {
        // The answer is neither 0 nor unknown, so the store through a null pointer is never reached.
        #expect(try ending(of: "if (!\(function)(\(body))) *(unsigned long *)0 = 1;", at: structPage) == .returned)
      }
    }
    #expect(try ending(of: "if (\(function)((struct folio *)page)) return;", at: 0) == .returned)
  }

  @Test(arguments: functions)
  func anUnknownFolioForks(function: String) throws {
    var fixture = Fixture()
    fixture.interface.effects = ["lookup": .noStore]
    #expect(try fixture.run("if (\(function)(lookup())) return;").map(\.path.isReturned) == [true, true])
  }

  @Test(arguments: functions)
  func aStructPageIsNoFolio(function: String) {
    let refusal = Fixture().refusal("if (\(function)(page)) return;")
    #expect(refusal?.construct == "argument of '\(function)()' that is no pointer to a folio")
  }

  @Test func aFolioParameterDependsOnWhichStructPageItIs() throws {
    var fixture = Fixture()
    fixture.parameters = [.init("folio", .folio)]
    #expect(try fixture.compile("if (folio_test_hugetlb(folio)) return;").dependsOnPageNumber)
    #expect(try !Fixture().compile("if (folio_test_hugetlb(page_folio(page))) return;").dependsOnPageNumber)
  }
}
