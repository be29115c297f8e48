// Not compiled by the tests of this project, which run on Linux.
#if canImport(Security)
  import Foundation
  import Security

  /// Keeps the key of the database in the Keychain: on this device only, and readable from the
  /// first unlock after a restart on, so that work in the background finds it.
  ///
  /// A key is never written over, and deleted only when the phone is signed out: a database that was
  /// set aside may need it.
  public final class KeychainKeyStore: ForgetfulKeyStore {
    private let service: String
    private let account: String

    /// - Parameters:
    ///   - service: Together with `account`, the name of the Keychain's item.
    ///   - account: Another name for each folder that is to have a key of its own.
    public init(
      service: String = Bundle.main.bundleIdentifier ?? "org.enhance", account: String = "database"
    ) {
      (self.service, self.account) = (service, account)
    }

    /// The key; `notYet` until the device was unlocked, `missing` where none was kept. Throws what
    /// else the Keychain says, which counts as `notYet`.
    public func fetch() throws -> KeyAnswer {
      var query = item
      query[kSecReturnData] = true
      query[kSecMatchLimit] = kSecMatchLimitOne
      var found: CFTypeRef?
      switch SecItemCopyMatching(query as CFDictionary, &found) {
      case errSecSuccess:
        guard let key = found as? Data else { return .invalidated }
        return .key(bytes: key)
      case errSecInteractionNotAllowed: return .notYet
      case errSecItemNotFound: return .missing
      case let status: throw KeyStoreError.notKept(reason: "the Keychain answers \(status)")
      }
    }

    /// Keeps a new key, where there is none.
    public func keep(key: Data) throws {
      var new = item
      new[kSecValueData] = key
      new[kSecAttrAccessible] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
      let status = SecItemAdd(new as CFDictionary, nil)
      guard status == errSecSuccess else {
        throw KeyStoreError.notKept(reason: "the Keychain answers \(status)")
      }
    }

    /// Deletes the key. Nothing can be read of what was written with it.
    public func forget() throws {
      let status = SecItemDelete(item as CFDictionary)
      guard [errSecSuccess, errSecItemNotFound].contains(status) else {
        throw KeyStoreError.notKept(reason: "the Keychain answers \(status)")
      }
    }

    private var item: [CFString: Any] {
      [
        kSecClass: kSecClassGenericPassword,
        kSecAttrService: service,
        kSecAttrAccount: account,
        // On a Mac too, the Keychain that heeds who may read an item when.
        kSecUseDataProtectionKeychain: true,
      ]
    }
  }
#endif
