package io.coxswain.apiserver.authentication;

import io.coxswain.apiserver.User;
import io.coxswain.base.Clock;
import io.coxswain.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// The subject of a client certificate: the common name is the user, organizations are groups.
///
/// That the certificate is signed by an authority was checked by the TLS handshake; whether it is
/// one of those for clients, and that the certificate has not ended since, is checked here.
public final class CertificateAuthenticator implements Authenticator {

    private static final int KNOWN_MAX = 2_000;
    private static final String UID = "1.3.6.1.4.1.57683.2";
    private static final String CREDENTIAL = "authentication.kubernetes.io/credential-id";

    private final Supplier<List<X509Certificate>> authorities;
    private final Clock clock;
    private final Map<X509Certificate, Optional<User>> known = new ConcurrentHashMap<>();

    /// @param authorities empty for any that the handshake has let in
    public CertificateAuthenticator(Supplier<List<X509Certificate>> authorities, Clock clock) {
        this.authorities = authorities;
        this.clock = clock;
    }

    @Override
    public @Nullable User authenticate(Request request) {
        var certificates = request.peer().certificates();
        if (certificates.isEmpty() || !trusted(certificates, authorities.get())) {
            return null;
        }
        var own = certificates.getFirst();
        var now = clock.now();
        if (now.isAfter(own.getNotAfter().toInstant())
                || now.isBefore(own.getNotBefore().toInstant())) {
            return null;
        }
        var user = known.get(own);
        if (user == null) {
            user = Optional.ofNullable(user(own));
            if (known.size() >= KNOWN_MAX) {
                known.clear();
            }
            known.put(own, user);
        }
        return user.orElse(null);
    }

    /// Whether a verified chain ends at one of these.
    static boolean trusted(List<X509Certificate> chain, List<X509Certificate> authorities) {
        return authorities.isEmpty() || authorities.contains(chain.getLast());
    }

    private static @Nullable User user(X509Certificate certificate) {
        var user = user(certificate.getSubjectX500Principal());
        return user == null
                ? null
                : new User(
                        user.name(),
                        user.uid(),
                        user.groups(),
                        Map.of(CREDENTIAL, List.of("X509SHA256=" + fingerprint(certificate))));
    }

    static @Nullable User user(X500Principal subject) {
        var name = "";
        var uid = "";
        var groups = new ArrayList<String>();
        try {
            for (var part : new LdapName(subject.getName(X500Principal.RFC2253)).getRdns()) {
                var attributes = part.toAttributes().getAll();
                while (attributes.hasMore()) {
                    var attribute = attributes.next();
                    var value = text(attribute.get());
                    switch (attribute.getID().toUpperCase(Locale.ROOT)) {
                        case "CN" -> name = value;
                        case "O" -> groups.add(value);
                        case UID -> uid = value;
                        default -> {}
                    }
                }
            }
        } catch (NamingException e) {
            return null;
        }
        return name.isEmpty() ? null : new User(name, uid, List.copyOf(groups), Map.of());
    }

    /// The value of an attribute; one of a type that Java does not know comes as its DER, a short
    /// string.
    private static String text(Object value) {
        return value instanceof byte[] der && der.length > 2 && der[1] == der.length - 2
                ? new String(der, 2, der.length - 2, StandardCharsets.UTF_8)
                : String.valueOf(value);
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
