import Foundation

extension CoreError {
  /// Why, in plain words for the person.
  public var reason: String {
    switch self {
    case .Offline(let reason), .SignInNeeded(let reason), .StorageFull(let reason),
      .InUse(let reason), .WrongKey(let reason), .KeyNotYet(let reason), .KeyMissing(let reason),
      .KeyInvalidated(let reason), .KeyNotKept(let reason), .Suspended(let reason),
      .Damaged(let reason), .NewerSchema(_, _, let reason), .NotEnrolled(let reason),
      .AlreadyEnrolled(let reason), .RecoveryKeyNeeded(let reason), .NotAllowed(let reason),
      .NotFound(let reason), .InvalidInput(_, let reason), .TooLarge(_, let reason),
      .Refused(_, let reason), .Cancelled(let reason), .Internal(let reason):
      reason
    }
  }
}

extension CoreError: LocalizedError {
  /// The reason.
  public var errorDescription: String? { reason }
}
