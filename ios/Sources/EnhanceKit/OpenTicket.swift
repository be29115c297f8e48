import Foundation

/// A ticket that its holder has open. It needs no account and no ``LearningCore``, and nothing of
/// it stays on the device.
public final class OpenTicket: Sendable {
  private let handle: TicketHandle
  /// What it shows, and what its holder may do.
  public let opened: OpenedTicket

  private init(_ handle: TicketHandle) {
    (self.handle, opened) = (handle, handle.opened())
  }

  /// Opens the ticket of a link. Each visit uses the ticket up by one.
  ///
  /// - Parameters:
  ///   - link: As who made the ticket handed it over.
  ///   - name: What its holder is called, for who made it.
  ///   - visit: The visit of before: opened again in it, the ticket is not used up any further.
  ///   - authorities: As for ``LearningCore/open(_:keys:authorities:)``.
  public static func open(
    _ link: String, name: String, visit: ItemId? = nil, authorities: [Data]? = nil
  ) async throws -> OpenTicket {
    try await ending { cancellation in
      OpenTicket(
        try await openTicket(
          link: link, name: name, visit: visit, authorities: authorities,
          cancellation: cancellation))
    }
  }

  /// Says something about what it shows, to who made the ticket and nobody else. The same words
  /// again are said once. Returns when they came.
  @discardableResult
  public func comment(_ text: String) async throws -> Date {
    try await ending { try await self.handle.comment(text: text, cancellation: $0) }
  }

  /// Says that its holder stands behind what it shows, and why. That is no sign-off: nobody has
  /// checked who they are, and nothing is signed.
  @discardableResult
  public func endorse(_ text: String) async throws -> Date {
    try await ending { try await self.handle.endorse(text: text, cancellation: $0) }
  }
}

/// Does long work that ends soon after the task is cancelled. What is thrown underneath reaches an
/// app as a `CoreError`.
func ending<Result: Sendable>(
  _ work: @Sendable (Cancellation) async throws -> Result
) async throws -> Result {
  let cancellation = Cancellation()
  do {
    return try await withTaskCancellationHandler {
      try await work(cancellation)
    } onCancel: {
      cancellation.cancel()
    }
  } catch CoreError.cancelled {
    throw CancellationError()
  } catch {
    throw CoreError(error)
  }
}
