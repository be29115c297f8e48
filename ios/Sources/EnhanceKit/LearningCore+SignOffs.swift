extension LearningCore {
  @discardableResult
  public func requestSignOff(
    _ subject: SignOffSubject, with person: PersonId?, message: String
  ) throws -> DocumentId {
    if let document = subject.document { try typings.settle(document) }
    return try ask { try $0.requestSignOff(subject: subject, with: person, message: message) }
  }

  public func checkBeforeSignOff(
    _ subject: SignOffSubject, message: String
  ) throws -> SharingCheck {
    try ask { try $0.checkBeforeSignOff(subject: subject, message: message) }
  }

  @discardableResult
  public func requestSignOffAcknowledged(
    _ subject: SignOffSubject, with person: PersonId?, message: String, acknowledged: Sha256
  ) throws -> DocumentId {
    if let document = subject.document { try typings.settle(document) }
    return try ask {
      try $0.requestSignOffAcknowledged(
        subject: subject, with: person, message: message, acknowledged: acknowledged)
    }
  }

  @discardableResult
  public func sign(_ request: DocumentId, answer: SignOffAnswer) throws -> DocumentId {
    try ask { try $0.sign(request: request, answer: answer) }
  }

  @discardableResult
  public func signWitnessed(
    _ request: DocumentId, by signer: WitnessedSigner, answer: SignOffAnswer
  ) throws -> DocumentId {
    try ask { try $0.signWitnessed(request: request, by: signer, answer: answer) }
  }

  public func signOffsAskedByMe() throws -> Portion<SignOffRequestView> {
    try ask { Portion(try $0.signOffsAskedByMe()) }
  }

  public func signOffsAskedOfMe() throws -> Portion<SignOffRequestView> {
    try ask { Portion(try $0.signOffsAskedOfMe()) }
  }

  public func signOffsPage(
    mine: Bool, after: DocumentId?, limit: Int
  ) throws -> Portion<SignOffRequestView> {
    try ask { Portion(try $0.signOffsPage(mine: mine, after: after, limit: limit)) }
  }

  public func signOffsOf(_ document: DocumentId) throws -> [SignOffRequestView] {
    try ask { try $0.signOffsOf(document: document) }
  }

  public func signOffRequest(_ id: DocumentId) throws -> SignOffRequestView {
    try ask { try $0.signOffRequest(id: id) }
  }

  public func changedSinceSignOff(_ request: DocumentId) throws -> ChangedSince {
    try ask { try $0.changedSinceSignOff(request: request) }
  }

  public func exportSignOff(_ id: DocumentId) throws -> String {
    try ask { try $0.exportSignOff(id: id) }
  }

  @discardableResult
  public func takeBackSignOff(_ request: DocumentId, withAnswers: Bool) throws -> Bool {
    try ask { try $0.takeBackSignOff(request: request, withAnswers: withAnswers) }
  }

  public func keptSignOffs() throws -> [KeptSignOffView] {
    try ask { try $0.keptSignOffs() }
  }

  public func exportKeptSignOff(_ id: ItemId) throws -> String {
    try ask { try $0.exportKeptSignOff(id: id) }
  }

  public func verifySignOff(_ json: String) throws -> SignOffFault? {
    try ask { _ in try EnhanceCore.verifySignOff(json: json) }
  }

  public func checkSignOff(_ json: String) throws -> SignOffCheck {
    try ask { _ in try EnhanceCore.checkSignOff(json: json) }
  }

  public func renewSigningKey() async throws {
    try await cancellable { try await $0.renewSigningKey(cancellation: $1) }
  }
}

extension SignOffSubject {
  /// The document that is to be signed; none for what is in the personal record.
  package var document: DocumentId? {
    switch self {
    case .reflection(let id), .sharedReflection(let id), .project(let id): id
    case .module, .sessions: nil
    }
  }
}
