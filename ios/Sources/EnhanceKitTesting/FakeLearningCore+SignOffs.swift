import EnhanceKit
import Foundation

// MARK: Sign-offs

extension FakeLearningCore {
  @discardableResult
  public func requestSignOff(
    _ subject: SignOffSubject, with person: PersonId?, message: String
  ) throws -> DocumentId {
    if let document = subject.document { try typings.settle(document) }
    return try ask { shelf throws(CoreError) in
      try shelf.requestSignOff(subject, with: person, message)
    }
  }

  public func checkBeforeSignOff(
    _ subject: SignOffSubject, message: String
  ) throws -> SharingCheck {
    try ask { shelf throws(CoreError) in try shelf.check(subject, message) }
  }

  @discardableResult
  public func requestSignOffAcknowledged(
    _ subject: SignOffSubject, with person: PersonId?, message: String, acknowledged: Sha256
  ) throws -> DocumentId {
    if let document = subject.document { try typings.settle(document) }
    return try ask { shelf throws(CoreError) in
      try shelf.requestSignOff(subject, with: person, message, acknowledged)
    }
  }

  @discardableResult
  public func sign(_ request: DocumentId, answer: SignOffAnswer) throws -> DocumentId {
    try ask { shelf throws(CoreError) in try shelf.sign(request, answer) }
  }

  @discardableResult
  public func signWitnessed(
    _ request: DocumentId, by signer: WitnessedSigner, answer: SignOffAnswer
  ) throws -> DocumentId {
    try ask { shelf throws(CoreError) in try shelf.sign(request, witnessed: signer, answer) }
  }

  public func signOffsAskedByMe() throws -> Portion<SignOffRequestView> {
    try signOffsPage(mine: true, after: nil, limit: 50)
  }

  public func signOffsAskedOfMe() throws -> Portion<SignOffRequestView> {
    try signOffsPage(mine: false, after: nil, limit: 50)
  }

  public func signOffsPage(
    mine: Bool, after: DocumentId?, limit: Int
  ) throws -> Portion<SignOffRequestView> {
    try ask { shelf throws(CoreError) in
      let all = try shelf.signOffRequests { $0.mine == mine }
      guard let after else { return try shelf.portion(all, offset: 0, limit: limit) }
      _ = try shelf.signOffRequest(after)
      let place = all.firstIndex { $0.id == after } ?? -1
      return try shelf.portion(all, offset: place + 1, limit: limit)
    }
  }

  public func signOffsOf(_ document: DocumentId) throws -> [SignOffRequestView] {
    try ask { shelf throws(CoreError) in
      try shelf.signOffRequests { $0.document == document }
    }
  }

  public func signOffRequest(_ id: DocumentId) throws -> SignOffRequestView {
    try ask { shelf throws(CoreError) in try shelf.signOffRequest(id) }
  }

  public func changedSinceSignOff(_ request: DocumentId) throws -> ChangedSince {
    try ask { shelf throws(CoreError) in try shelf.changedSinceSignOff(request) }
  }

  /// A file that fakes know, and the core does not.
  public func exportSignOff(_ id: DocumentId) throws -> String {
    try ask { shelf throws(CoreError) in try shelf.exportSignOff(id) }
  }

  @discardableResult
  public func takeBackSignOff(_ request: DocumentId, withAnswers: Bool) throws -> Bool {
    try ask { shelf throws(CoreError) in try shelf.takeBackSignOff(request, withAnswers) }
  }

  public func keptSignOffs() throws -> [KeptSignOffView] {
    try ask { shelf throws(CoreError) in try shelf.keptSignOffs() }
  }

  public func exportKeptSignOff(_ id: ItemId) throws -> String {
    try ask { shelf throws(CoreError) in try shelf.exportKeptSignOff(id) }
  }

  public func checkSignOff(_ json: String) throws -> SignOffCheck {
    try ask { shelf throws(CoreError) in try shelf.checkSignOff(json) }
  }

  public func verifySignOff(_ json: String) throws -> SignOffFault? {
    try ask { shelf throws(CoreError) in try shelf.verifySignOff(json) }
  }

  /// There are no keys in memory: this asks whether the server can be reached, and no more.
  public func renewSigningKey() async throws {
    try exchange { shelf throws(CoreError) in _ = try shelf.me() }
  }
}
