package io.coxswain.apiserver.authentication;

import io.coxswain.apiserver.User;
import io.coxswain.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// The subject of a client certificate: the common name is the user, organizations are groups.
/// That the certificate is signed by a trusted authority was checked by the TLS handshake.
public final class CertificateAuthenticator implements Authenticator {

    @Override
    public @Nullable User authenticate(Request request) {
        var certificates = request.peer().certificates();
        if (certificates.isEmpty()) {
            return null;
        }
        return user(certificates.getFirst().getSubjectX500Principal());
    }

    static @Nullable User user(X500Principal subject) {
        var name = "";
        var groups = new ArrayList<String>();
        try {
            for (var part : new LdapName(subject.getName(X500Principal.RFC2253)).getRdns()) {
                var attributes = part.toAttributes().getAll();
                while (attributes.hasMore()) {
                    var attribute = attributes.next();
                    var value = String.valueOf(attribute.get());
                    switch (attribute.getID().toUpperCase(Locale.ROOT)) {
                        case "CN" -> name = value;
                        case "O" -> groups.add(value);
                        default -> {}
                    }
                }
            }
        } catch (NamingException e) {
            return null;
        }
        return name.isEmpty() ? null : new User(name, "", List.copyOf(groups), Map.of());
    }
}
