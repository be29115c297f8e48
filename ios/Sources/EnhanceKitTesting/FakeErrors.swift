import EnhanceKit

/// Errors in the words of the core.
extension CoreError {
  static let lessThanNothing = CoreError.invalidInput(
    field: .value, code: "invalid_input", reason: "value: it cannot be less than nothing")

  static let signedOut = CoreError.signedOut(
    code: "signed_out", reason: "this device is signed out; enrol it with an invitation")

  static func unsent(_ unsent: Unsent) -> CoreError {
    let parts = [
      (unsent.documents, "documents with unsent work"), (unsent.drafts, "unfinished texts"),
      (unsent.files, "attached files"), (unsent.refused, "pieces of refused work"),
    ]
    let words = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return .unsent(
      unsent: unsent, code: "unsent",
      reason: "\(words) on this device alone; sync first, or confirm the loss with "
        + (unsent.confirmation ?? ""))
  }

  static func notFound(_ what: Noun, _ id: String) -> CoreError {
    .notFound(
      what: what, id: id, code: "not_found", reason: "there is no \(what.words) \(id) here")
  }

  static func notAllowed(_ reason: String) -> CoreError {
    .notAllowed(code: "not_allowed", reason: "not allowed: \(reason)")
  }

  static func unfit(_ field: InputField, _ why: String) -> CoreError {
    // Of an edit and of a person the reason itself says what it is about.
    let before = field == .edit || field == .person ? "" : "\(field.words): "
    return .invalidInput(field: field, code: "invalid_input", reason: before + why)
  }

  static func revoked(_ what: Noun, _ id: DocumentId) -> CoreError {
    .gone(
      what: what, id: id, end: .revoked, code: "revoked",
      reason: "\(what) \(id) is no longer shared with you")
  }

  static func toCome(_ what: Noun, _ id: DocumentId) -> CoreError {
    .gone(
      what: what, id: id, end: .toCome, code: "to_come",
      reason: "\(what) \(id) is accepted and comes with the next sync")
  }

  static let hasLeft = CoreError.refused(
    code: "has_left", reason: "you have left the programme; what is here stays readable")

  static func deleted(_ what: Noun, _ id: DocumentId) -> CoreError {
    .gone(
      what: what, id: id, end: .deleted, code: "deleted", reason: "\(what) \(id) was deleted")
  }
}

extension Noun {
  init(_ kind: DocumentKind) {
    self =
      switch kind {
      case .reflection: .reflection
      case .personalRecord: .personalRecord
      case .sharedReflection: .sharedReflection
      case .changeProject: .project
      case .comments: .comments
      case .signOffRequest: .signOffRequest
      case .signOff: .signOff
      }
  }
}
