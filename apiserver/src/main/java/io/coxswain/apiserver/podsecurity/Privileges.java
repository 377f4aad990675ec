package io.coxswain.apiserver.podsecurity;

import io.coxswain.api.core.SecurityContext;
import io.coxswain.apiserver.podsecurity.Subject.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Rules about what the processes of a pod may do.
final class Privileges {

    private static final Set<String> DEFAULT =
            Set.of(
                    "AUDIT_WRITE",
                    "CHOWN",
                    "DAC_OVERRIDE",
                    "FOWNER",
                    "FSETID",
                    "KILL",
                    "MKNOD",
                    "NET_BIND_SERVICE",
                    "SETFCAP",
                    "SETGID",
                    "SETPCAP",
                    "SETUID",
                    "SYS_CHROOT");

    private Privileges() {}

    static @Nullable Finding privileged(Subject pod) {
        var names = pod.with(context -> Boolean.TRUE.equals(context.privileged()));
        return names.isEmpty()
                ? null
                : new Finding(
                        "privileged",
                        Subject.containers(names)
                                + " must not set securityContext.privileged=true");
    }

    static @Nullable Finding capabilities(Subject pod) {
        var names = new ArrayList<String>();
        var added = new TreeSet<String>();
        for (var part : pod.parts()) {
            var own = added(part).stream().filter(name -> !DEFAULT.contains(name)).toList();
            if (!own.isEmpty()) {
                names.add(part.name());
                added.addAll(own);
            }
        }
        return names.isEmpty()
                ? null
                : new Finding("non-default capabilities", mustNotAdd(names, added));
    }

    static @Nullable Finding allDropped(Subject pod) {
        var keeping = new ArrayList<String>();
        var adding = new ArrayList<String>();
        var added = new TreeSet<String>();
        for (var part : pod.parts()) {
            var context = part.context();
            var capabilities = context == null ? null : context.capabilities();
            if (capabilities == null || !capabilities.drop().contains("ALL")) {
                keeping.add(part.name());
            }
            var own = added(part).stream().filter(c -> !c.equals("NET_BIND_SERVICE")).toList();
            if (!own.isEmpty()) {
                adding.add(part.name());
                added.addAll(own);
            }
        }
        var details = new ArrayList<String>();
        if (!keeping.isEmpty()) {
            details.add(
                    Subject.containers(keeping)
                            + " must set securityContext.capabilities.drop=[\"ALL\"]");
        }
        if (!adding.isEmpty()) {
            details.add(mustNotAdd(adding, added));
        }
        return details.isEmpty()
                ? null
                : new Finding("unrestricted capabilities", String.join("; ", details));
    }

    private static List<String> added(Part part) {
        var context = part.context();
        var capabilities = context == null ? null : context.capabilities();
        return capabilities == null ? List.of() : capabilities.add();
    }

    private static String mustNotAdd(List<String> names, Set<String> capabilities) {
        return Subject.containers(names)
                + " must not include "
                + Subject.quoted(capabilities.stream())
                + " in securityContext.capabilities.add";
    }

    static @Nullable Finding escalation(Subject pod) {
        var names =
                pod.parts().stream()
                        .filter(part -> {
                            var context = part.context();
                            return context == null
                                    || !Boolean.FALSE.equals(context.allowPrivilegeEscalation());
                        })
                        .map(Part::name)
                        .toList();
        return names.isEmpty()
                ? null
                : new Finding(
                        "allowPrivilegeEscalation != false",
                        Subject.containers(names)
                                + " must set securityContext.allowPrivilegeEscalation=false");
    }

    static @Nullable Finding nonRoot(Subject pod) {
        if (!pod.windows() && Boolean.FALSE.equals(pod.spec().hostUsers())) {
            return null; // Root in a user namespace is nobody outside of it.
        }
        var context = pod.spec().securityContext();
        var ofPod = context == null ? null : context.runAsNonRoot();
        var wrong = pod.with(own -> Boolean.FALSE.equals(own.runAsNonRoot()));
        var silent =
                pod.parts().stream()
                        .filter(part -> runAsNonRoot(part) == null)
                        .map(Part::name)
                        .toList();
        var podWrong = Boolean.FALSE.equals(ofPod);
        var who = Setters.of(podWrong, wrong);
        if (!who.isEmpty()) {
            return new Finding(
                    "runAsNonRoot != true",
                    who + " must not set securityContext.runAsNonRoot=false");
        }
        if (ofPod == null && !silent.isEmpty()) {
            return new Finding(
                    "runAsNonRoot != true",
                    "pod or "
                            + Subject.containers(silent)
                            + " must set securityContext.runAsNonRoot=true");
        }
        return null;
    }

    private static @Nullable Boolean runAsNonRoot(Part part) {
        SecurityContext context = part.context();
        return context == null ? null : context.runAsNonRoot();
    }

    static @Nullable Finding rootUser(Subject pod) {
        if (Boolean.FALSE.equals(pod.spec().hostUsers())) {
            return null;
        }
        var context = pod.spec().securityContext();
        var user = context == null ? null : context.runAsUser();
        var names =
                pod.with(own -> {
                    var id = own.runAsUser();
                    return id != null && id == 0;
                });
        var who = Setters.of(user != null && user == 0, names);
        return who.isEmpty() ? null : new Finding("runAsUser=0", who + " must not set runAsUser=0");
    }
}
