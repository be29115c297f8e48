import EnhanceKit
import Foundation

// MARK: Paper

extension FakeLearningCore {
  /// A page that fakes know again, and the core does not.
  public func arcpHtml(_ days: DaysInARow) throws -> String {
    try ask { shelf throws(CoreError) in try shelf.arcpHtml(days) }
  }

  public func arcpCsv(_ days: DaysInARow) throws -> String {
    try ask { shelf throws(CoreError) in try shelf.arcpCsv(days) }
  }

  public func arcpJson(_ days: DaysInARow) throws -> String {
    try ask { shelf throws(CoreError) in try shelf.arcpJson(days) }
  }

  public func arcpForm(_ days: DaysInARow) throws -> [FormField] {
    try ask { shelf throws(CoreError) in try shelf.form(days) }
  }

  public func verifyArcp(_ html: String) throws -> ArcpVerdict {
    try ask { shelf throws(CoreError) in try shelf.verifyArcp(html) }
  }

  /// A text that fakes of one memory make documents of again, and the core does not.
  public func export() throws -> String {
    try ask { shelf throws(CoreError) in try shelf.export() }
  }

  public func exportCsv() throws -> String {
    try ask { shelf throws(CoreError) in shelf.exportCsv() }
  }

  public func exportReflections() throws -> String {
    try ask { shelf throws(CoreError) in shelf.exportReflections() }
  }

  @discardableResult
  public func importExport(_ json: String) throws -> ImportReport {
    try ask { shelf throws(CoreError) in try shelf.importExport(json) }
  }
}
