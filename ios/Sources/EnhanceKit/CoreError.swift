import Foundation

extension CoreError {
  /// Which error it is. A code never changes its meaning; `core/client/ERRORS.md` lists all.
  public var code: String { words.code }

  /// Why, in plain words for the person.
  public var reason: String { words.reason }

  /// What is answered once the core is closed.
  package static let closed = CoreError.suspended(
    code: "closed", reason: "the core is closed; open it again")

  /// What was thrown, as an app gets it. What is no error of the core is a fault of the library,
  /// which may say what a person wrote and is therefore not quoted.
  init(_ error: any Error) {
    self =
      error as? CoreError
      ?? .unexpected(code: "internal", reason: "something went wrong inside the app")
  }

  private var words: (code: String, reason: String) {
    switch self {
    case .offline(_, _, let code, let reason), .signInNeeded(_, let code, let reason),
      .keyUnavailable(_, let code, let reason), .storage(_, let code, let reason),
      .suspended(let code, let reason), .signedOut(let code, let reason),
      .unsent(_, let code, let reason), .recoveryKeyNeeded(let code, let reason),
      .notAllowed(let code, let reason), .notFound(_, _, let code, let reason),
      .gone(_, _, _, let code, let reason), .invalidInput(_, let code, let reason),
      .tooLarge(_, _, _, let code, let reason), .refused(let code, let reason),
      .cancelled(let code, let reason), .unexpected(let code, let reason):
      (code, reason)
    }
  }
}

extension CoreError: LocalizedError {
  public var errorDescription: String? { reason }
}
