/// Keys and certificates: what a TLS endpoint is ([TlsIdentity]), how they are stored ([Pem]) and
/// how they are issued ([CertificateAuthority]).
///
/// Reading PKCS#8 keys and certificates needs only the JDK; BouncyCastle is loaded when something
/// is issued, signed or read from an older key format, so it stays off the start path.
@NullMarked
package io.coxswain.base.tls;

import org.jspecify.annotations.NullMarked;
