import EnhanceKit
import Foundation

/// A place for a key that is as moody as a story wants it.
public final class MemoryKeys: ForgetfulKeyStore {
  private let lock = NSLock()
  private nonisolated(unsafe) var kept: KeyAnswer

  public init(_ answer: KeyAnswer = .missing) {
    kept = answer
  }

  /// What is answered from now on.
  public var answer: KeyAnswer {
    get { lock.withLock { kept } }
    set { lock.withLock { kept = newValue } }
  }

  public func fetch() throws -> KeyAnswer {
    answer
  }

  public func keep(key: Data) throws {
    answer = .key(bytes: key)
  }

  public func forget() throws {
    answer = .missing
  }
}

/// A place for a key that several processes can look into.
public final class FileKeys: ForgetfulKeyStore {
  private let file: URL

  public init(_ file: URL) {
    self.file = file
  }

  public func fetch() throws -> KeyAnswer {
    guard let bytes = try? Data(contentsOf: file) else { return .missing }
    return .key(bytes: bytes)
  }

  public func keep(key: Data) throws {
    try key.write(to: file)
  }

  public func forget() throws {
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    try FileManager.default.removeItem(at: file)
  }
}
