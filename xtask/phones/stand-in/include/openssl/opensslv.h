/* The version that the source package of OpenSSL has, for a build that compiles no C. */
#define OPENSSL_VERSION_MAJOR 3
#define OPENSSL_VERSION_MINOR 5
#define OPENSSL_VERSION_PATCH 0
