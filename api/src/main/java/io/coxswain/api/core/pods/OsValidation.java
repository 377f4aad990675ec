package io.coxswain.api.core.pods;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.RecordType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a pod may not ask of the operating system that it says it is for.
final class OsValidation {

    private static final List<String> POD_LINUX_ONLY =
            List.of(
                    "seLinuxOptions",
                    "seccompProfile",
                    "appArmorProfile",
                    "fsGroup",
                    "fsGroupChangePolicy",
                    "sysctls",
                    "runAsUser",
                    "runAsGroup",
                    "supplementalGroups",
                    "supplementalGroupsPolicy");

    private static final List<String> CONTAINER_LINUX_ONLY =
            List.of(
                    "seLinuxOptions",
                    "seccompProfile",
                    "appArmorProfile",
                    "capabilities",
                    "readOnlyRootFilesystem",
                    "privileged",
                    "allowPrivilegeEscalation",
                    "procMount",
                    "runAsUser",
                    "runAsGroup");

    private static final String NOT_ON_WINDOWS = "cannot be set for a windows pod";
    private static final String NOT_ON_LINUX = "windows options cannot be set for a linux pod";

    private OsValidation() {}

    static void check(PodSpec spec, FieldErrors errors) {
        var os = spec.os();
        if (os == null) {
            return;
        }
        switch (os.name()) {
            case "" -> errors.at("os").at("name").required("cannot be empty");
            case "linux" -> linux(spec, errors);
            case "windows" -> windows(spec, errors);
            default -> errors.at("os").notSupported(os.name(), List.of("linux", "windows"));
        }
    }

    private static void linux(PodSpec spec, FieldErrors errors) {
        var only = List.of("windowsOptions");
        forbid(spec.securityContext(), only, NOT_ON_LINUX, errors.at("securityContext"));
        containers(spec.containers(), only, NOT_ON_LINUX, errors.at("containers"));
        containers(spec.initContainers(), only, NOT_ON_LINUX, errors.at("initContainers"));
    }

    private static void windows(PodSpec spec, FieldErrors errors) {
        forbid(
                spec.securityContext(),
                POD_LINUX_ONLY,
                NOT_ON_WINDOWS,
                errors.at("securityContext"));
        if (spec.hostPID()) {
            errors.at("hostPID").forbidden(NOT_ON_WINDOWS);
        }
        if (spec.hostIPC()) {
            errors.at("hostIPC").forbidden(NOT_ON_WINDOWS);
        }
        if (Boolean.FALSE.equals(spec.hostUsers())) {
            errors.at("hostUsers").forbidden(NOT_ON_WINDOWS);
        }
        if (spec.shareProcessNamespace() != null) {
            errors.at("shareProcessNamespace").forbidden(NOT_ON_WINDOWS);
        }
        containers(
                spec.containers(), CONTAINER_LINUX_ONLY, NOT_ON_WINDOWS, errors.at("containers"));
        containers(
                spec.initContainers(),
                CONTAINER_LINUX_ONLY,
                NOT_ON_WINDOWS,
                errors.at("initContainers"));
    }

    private static void containers(
            List<Container> containers, List<String> names, String why, FieldErrors errors) {
        for (var i = 0; i < containers.size(); i++) {
            forbid(
                    containers.get(i).securityContext(),
                    names,
                    why,
                    errors.at(i).at("securityContext"));
        }
    }

    private static <R extends Record> void forbid(
            @Nullable R context, List<String> names, String why, FieldErrors errors) {
        if (context == null) {
            return;
        }
        @SuppressWarnings("unchecked")
        var type = RecordType.of((Class<R>) context.getClass());
        for (var name : names) {
            var part = type.component(name);
            if (!Objects.equals(part.get(context), type.absent(part))) {
                errors.at(name).forbidden(why);
            }
        }
    }
}
