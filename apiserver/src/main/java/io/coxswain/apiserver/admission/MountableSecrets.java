package io.coxswain.apiserver.admission;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.authorization.EnvironmentReferences;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A service account may say that its pods use no Secrets but those it lists
/// (`kubernetes.io/enforce-mountable-secrets`).
final class MountableSecrets {

    private static final String ANNOTATION = "kubernetes.io/enforce-mountable-secrets";

    private MountableSecrets() {}

    /// What is wrong with the Secrets that a pod uses; empty for nothing.
    static String problem(PodSpec spec, ServiceAccount account) {
        if (!"true".equals(account.metadata().annotations().get(ANNOTATION))) {
            return "";
        }
        var mountable =
                account.secrets().stream().map(secret -> secret.name()).collect(Collectors.toSet());
        for (var volume : spec.volumes()) {
            var secret = volume.secret();
            if (secret != null && !mountable.contains(secret.secretName())) {
                return "volume with secret.secretName=\""
                        + secret.secretName()
                        + "\" is not allowed because service account "
                        + account.name()
                        + " does not reference that secret";
            }
        }
        var used = new HashSet<>(EnvironmentReferences.of(spec, "secrets").toList());
        used.removeAll(mountable);
        if (!used.isEmpty()) {
            var name = used.iterator().next();
            return where(spec, name)
                    + " is not allowed because service account "
                    + account.name()
                    + " does not reference that secret";
        }
        return pulls(spec, account);
    }

    private static String where(PodSpec spec, String secret) {
        for (var container : spec.initContainers()) {
            if (names(container).contains(secret)) {
                return "init container " + container.name() + " with secret \"" + secret + "\"";
            }
        }
        for (var container : spec.containers()) {
            if (names(container).contains(secret)) {
                return "container " + container.name() + " with secret \"" + secret + "\"";
            }
        }
        return "ephemeral container with secret \"" + secret + "\"";
    }

    private static Set<String> names(Container container) {
        var only = Edit.of(PodSpec.class).set(PodSpec::containers, List.of(container)).done();
        return EnvironmentReferences.of(only, "secrets").collect(Collectors.toSet());
    }

    private static String pulls(PodSpec spec, ServiceAccount account) {
        var allowed =
                account.imagePullSecrets().stream()
                        .map(secret -> secret.name())
                        .collect(Collectors.toSet());
        for (var i = 0; i < spec.imagePullSecrets().size(); i++) {
            var name = spec.imagePullSecrets().get(i).name();
            if (!allowed.contains(name)) {
                return "imagePullSecrets["
                        + i
                        + "].name=\""
                        + name
                        + "\" is not allowed because service account "
                        + account.name()
                        + " does not reference that imagePullSecret";
            }
        }
        return "";
    }
}
