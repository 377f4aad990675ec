package io.coxswain.apiserver.podsecurity;

import io.coxswain.api.core.SecurityContext.SELinuxOptions;
import io.coxswain.api.core.SecurityContext.SeccompProfile;
import io.coxswain.apiserver.podsecurity.Subject.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Rules about what keeps the processes of a pod in: AppArmor, SELinux, seccomp, `/proc`, sysctls.
final class Confinement {

    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
    private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP = "container.seccomp.security.alpha.kubernetes.io/";
    private static final Set<String> TYPES =
            Set.of("", "container_t", "container_init_t", "container_kvm_t");

    private Confinement() {}

    static @Nullable Finding appArmor(Subject pod) {
        var bad = new TreeSet<String>();
        var context = pod.spec().securityContext();
        var profile = context == null ? null : context.appArmorProfile();
        var ofPod = profile != null && profile.type().equals("Unconfined");
        var names =
                pod.with(own -> {
                    var mine = own.appArmorProfile();
                    return mine != null && mine.type().equals("Unconfined");
                });
        var who = new ArrayList<String>();
        var set = Setters.of(ofPod, names);
        if (!set.isEmpty()) {
            who.add(set);
            bad.add("\"Unconfined\"");
        }
        var annotations = new ArrayList<String>();
        pod.annotations()
                .forEach((key, value) -> {
                    if (key.startsWith(APP_ARMOR) && !allowedAppArmor(value)) {
                        annotations.add("\"" + key + "\"=\"" + value + "\"");
                    }
                });
        if (!annotations.isEmpty()) {
            annotations.sort(null);
            who.add(
                    Subject.plural("annotation", annotations)
                            + " "
                            + String.join(", ", annotations));
        }
        if (who.isEmpty()) {
            return null;
        }
        var count = names.size() + annotations.size() + (ofPod ? 1 : 0);
        var reason = "forbidden AppArmor profile" + (count == 1 ? "" : "s");
        var detail =
                set.isEmpty()
                        ? String.join(" and ", who)
                        : set
                                + " must not set AppArmor profile type to "
                                + String.join(", ", bad)
                                + (annotations.isEmpty() ? "" : " and " + who.getLast());
        return new Finding(reason, detail);
    }

    private static boolean allowedAppArmor(String profile) {
        return profile.isEmpty()
                || profile.equals("runtime/default")
                || profile.startsWith("localhost/");
    }

    static @Nullable Finding procMount(Subject pod) {
        if (Boolean.FALSE.equals(pod.spec().hostUsers())) {
            return null;
        }
        var kinds = new TreeSet<String>();
        var names =
                pod.with(own -> {
                    var mount = own.procMount();
                    if (mount == null || mount.equals("Default")) {
                        return false;
                    }
                    kinds.add(mount);
                    return true;
                });
        return names.isEmpty()
                ? null
                : new Finding(
                        "procMount",
                        Subject.containers(names)
                                + " must not set securityContext.procMount to "
                                + Subject.quoted(kinds.stream()));
    }

    /// @param engine whether `container_engine_t` is allowed
    static @Nullable Finding seLinux(Subject pod, boolean engine) {
        var types = new TreeSet<String>();
        var problems = new TreeSet<String>();
        var context = pod.spec().securityContext();
        var ofPod = context != null && bad(context.seLinuxOptions(), engine, types, problems);
        var names = pod.with(own -> bad(own.seLinuxOptions(), engine, types, problems));
        var who = Setters.of(ofPod, names);
        if (who.isEmpty()) {
            return null;
        }
        var details = new ArrayList<String>();
        if (!types.isEmpty()) {
            details.add(
                    Subject.plural("type", List.copyOf(types))
                            + " "
                            + Subject.quoted(types.stream()));
        }
        details.addAll(problems.descendingSet());
        return new Finding(
                "seLinuxOptions",
                who
                        + " set forbidden securityContext.seLinuxOptions: "
                        + String.join("; ", details));
    }

    private static boolean bad(
            @Nullable SELinuxOptions options,
            boolean engine,
            Set<String> types,
            Set<String> problems) {
        if (options == null) {
            return false;
        }
        var bad = false;
        var type = options.type();
        if (!TYPES.contains(type) && !(engine && type.equals("container_engine_t"))) {
            types.add(type);
            bad = true;
        }
        if (!options.user().isEmpty()) {
            problems.add("user may not be set");
            bad = true;
        }
        if (!options.role().isEmpty()) {
            problems.add("role may not be set");
            bad = true;
        }
        return bad;
    }

    /// Before v1.19 profiles were annotations.
    static @Nullable Finding seccompAnnotations(Subject pod) {
        var bad = new ArrayList<String>();
        pod.annotations()
                .forEach((key, value) -> {
                    var names = key.equals(SECCOMP_POD) || key.startsWith(SECCOMP);
                    if (names && value.equals("unconfined")) {
                        bad.add(key + "=\"" + value + "\"");
                    }
                });
        bad.sort(null);
        return bad.isEmpty()
                ? null
                : new Finding(
                        "seccompProfile",
                        Subject.plural("forbidden annotation", bad) + " " + String.join(", ", bad));
    }

    static @Nullable Finding seccompBaseline(Subject pod) {
        var context = pod.spec().securityContext();
        var ofPod = context != null && unconfined(context.seccompProfile());
        var names = pod.with(own -> unconfined(own.seccompProfile()));
        var who = Setters.of(ofPod, names);
        return who.isEmpty()
                ? null
                : new Finding(
                        "seccompProfile",
                        who
                                + " must not set securityContext.seccompProfile.type to"
                                + " \"Unconfined\"");
    }

    static @Nullable Finding seccompRestricted(Subject pod) {
        var wrong = seccompBaseline(pod);
        if (wrong != null) {
            return wrong;
        }
        var context = pod.spec().securityContext();
        if (context != null && context.seccompProfile() != null) {
            return null;
        }
        var silent =
                pod.parts().stream().filter(part -> profile(part) == null).map(Part::name).toList();
        return silent.isEmpty()
                ? null
                : new Finding(
                        "seccompProfile",
                        "pod or "
                                + Subject.containers(silent)
                                + " must set securityContext.seccompProfile.type to"
                                + " \"RuntimeDefault\" or \"Localhost\"");
    }

    private static @Nullable SeccompProfile profile(Part part) {
        var context = part.context();
        return context == null ? null : context.seccompProfile();
    }

    private static boolean unconfined(@Nullable SeccompProfile profile) {
        return profile != null
                && !profile.type().equals("RuntimeDefault")
                && !profile.type().equals("Localhost");
    }

    static @Nullable Finding sysctls(Subject pod, Set<String> allowed) {
        var context = pod.spec().securityContext();
        if (context == null) {
            return null;
        }
        var bad =
                context.sysctls().stream()
                        .map(sysctl -> sysctl.name())
                        .filter(name -> !allowed.contains(name))
                        .toList();
        return bad.isEmpty() ? null : new Finding("forbidden sysctls", String.join(", ", bad));
    }
}
