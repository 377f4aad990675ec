package io.coxswain.kubelet.server;

import io.coxswain.http.Request;
import java.util.List;
import java.util.function.Predicate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// Lets in whoever shows a certificate of one of these names (TLS has checked who issued it), and
/// callers of this very process.
public record ClientNames(List<String> names) implements Predicate<Request> {

    public ClientNames {
        names = List.copyOf(names);
    }

    @Override
    public boolean test(Request request) {
        var peer = request.peer();
        if (peer.address() == null && peer.attachment() != null) {
            return true;
        }
        if (peer.certificates().isEmpty()) {
            return false;
        }
        var subject = peer.certificates().getFirst().getSubjectX500Principal().getName();
        return names.contains(commonName(subject));
    }

    static String commonName(String subject) {
        try {
            for (var part : new LdapName(subject).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
        } catch (InvalidNameException e) {
            return "";
        }
        return "";
    }
}
