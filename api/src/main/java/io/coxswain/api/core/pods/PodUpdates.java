package io.coxswain.api.core.pods;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.PodStatus;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodSpec.PodSchedulingGate;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Addresses;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an update may change about a pod: almost nothing, as it may be running already.
public final class PodUpdates {

    private static final Set<String> SYSTEM_CONDITIONS =
            Set.of("PodScheduled", "Ready", "Initialized");

    private static final String FIXED =
            "pod updates may not change fields other than"
                    + " `spec.containers[*].image`,`spec.initContainers[*].image`,"
                    + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
                    + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1"
                    + " if it was previously negative)";

    private PodUpdates() {}

    public static void check(Pod old, Pod updated, FieldErrors errors) {
        var before = old.spec();
        var after = updated.spec();
        var at = errors.at("spec");
        if (before.containers().size() != after.containers().size()) {
            at.at("containers").forbidden("pod updates may not add or remove containers");
            return;
        }
        if (before.initContainers().size() != after.initContainers().size()) {
            at.at("initContainers").forbidden("pod updates may not add or remove containers");
            return;
        }
        deadline(
                before.activeDeadlineSeconds(),
                after.activeDeadlineSeconds(),
                at.at("activeDeadlineSeconds"));
        TolerationValidation.onlyAdded(
                before.tolerations(), after.tolerations(), at.at("tolerations"));
        onlyFewerGates(before.schedulingGates(), after.schedulingGates(), at.at("schedulingGates"));
        if (!withTheMutableOf(before, after).equals(before)) {
            at.forbidden(FIXED);
        }
    }

    /// Owners and deletion are no business of whoever reports a status.
    public static Pod prepareStatus(Pod old, Pod updated) {
        var metadata =
                Edit.of(updated.metadata())
                        .set(ObjectMeta::ownerReferences, old.metadata().ownerReferences())
                        .set(ObjectMeta::deletionTimestamp, old.metadata().deletionTimestamp())
                        .done();
        var status =
                updated.status().qosClass().isEmpty()
                        ? Edit.with(updated.status(), PodStatus::qosClass, old.status().qosClass())
                        : updated.status();
        return Edit.of(updated).set(Pod::metadata, metadata).set(Pod::status, status).done();
    }

    public static void checkStatus(Pod old, Pod updated, FieldErrors errors) {
        var at = errors.at("status");
        var status = updated.status();
        for (var i = 0; i < status.conditions().size(); i++) {
            var type = status.conditions().get(i).type();
            if (!SYSTEM_CONDITIONS.contains(type)) {
                at.at("conditions").at(i).at("Type").invalid(type, Names.qualified(type));
            }
        }
        if (!status.nominatedNodeName().isEmpty()) {
            at.at("nominatedNodeName")
                    .invalid(
                            status.nominatedNodeName(),
                            Names.subdomain(status.nominatedNodeName()));
        }
        Values.nonNegative(status.observedGeneration(), at.at("observedGeneration"));
        ips(status.podIPs().stream().map(Pod.PodIP::ip).toList(), at.at("podIPs"));
        ips(status.hostIPs().stream().map(Pod.HostIP::ip).toList(), at.at("hostIPs"));
        if (!old.status().qosClass().equals(status.qosClass())) {
            at.at("qosClass").invalid(status.qosClass(), "field is immutable");
        }
        if (!old.spec().restartPolicy().equals("Always")) {
            noResurrection(old, updated, at.at("containerStatuses"));
        }
    }

    /// The old spec's values in every place that an update may touch.
    private static PodSpec withTheMutableOf(PodSpec before, PodSpec after) {
        var edit =
                Edit.of(after)
                        .set(PodSpec::containers, images(before.containers(), after.containers()))
                        .set(
                                PodSpec::initContainers,
                                images(before.initContainers(), after.initContainers()))
                        .set(PodSpec::activeDeadlineSeconds, before.activeDeadlineSeconds())
                        .set(PodSpec::schedulingGates, before.schedulingGates())
                        .set(PodSpec::tolerations, before.tolerations());
        var grace = before.terminationGracePeriodSeconds();
        if (grace != null
                && grace < 0
                && Objects.equals(after.terminationGracePeriodSeconds(), 1L)) {
            edit.set(PodSpec::terminationGracePeriodSeconds, grace);
        }
        if (!before.schedulingGates().isEmpty()) {
            // A pod that waits behind a gate may be told more exactly where to go.
            if (after.nodeSelector().entrySet().containsAll(before.nodeSelector().entrySet())) {
                edit.set(PodSpec::nodeSelector, before.nodeSelector());
            }
            edit.set(PodSpec::affinity, before.affinity());
        }
        return edit.done();
    }

    private static List<Container> images(List<Container> before, List<Container> after) {
        var same = new ArrayList<Container>();
        for (var i = 0; i < before.size(); i++) {
            same.add(Edit.with(after.get(i), Container::image, before.get(i).image()));
        }
        return same;
    }

    private static void deadline(@Nullable Long before, @Nullable Long after, FieldErrors errors) {
        if (after == null) {
            if (before != null) {
                errors.invalid(null, "must not update from a positive integer to nil value");
            }
            return;
        }
        if (after < 0 || after > Integer.MAX_VALUE) {
            Values.between(after, 0, Integer.MAX_VALUE, errors);
        } else if (before != null && after > before) {
            errors.invalid(after, "must be less than or equal to previous value");
        }
    }

    private static void onlyFewerGates(
            List<PodSchedulingGate> before, List<PodSchedulingGate> after, FieldErrors errors) {
        for (var i = 0; i < after.size(); i++) {
            if (!before.contains(after.get(i))) {
                errors.at(i)
                        .at("name")
                        .forbidden(
                                "only deletion is allowed, but found new scheduling gate '"
                                        + after.get(i).name()
                                        + "'");
            }
        }
    }

    private static void ips(List<String> addresses, FieldErrors errors) {
        for (var i = 0; i < addresses.size(); i++) {
            Addresses.ip(addresses.get(i), errors.at(i));
        }
        if (addresses.size() > 1) {
            var v6 = addresses.stream().filter(Addresses::isIpv6).count();
            var v4 = addresses.stream().filter(Addresses::isIpv4).count();
            if (v4 > 1 || v6 > 1) {
                errors.invalid(addresses, "may specify no more than one IP for each IP family");
            }
        }
    }

    private static void noResurrection(Pod old, Pod updated, FieldErrors errors) {
        var statuses = updated.status().containerStatuses();
        for (var before : old.status().containerStatuses()) {
            var ended = before.state().terminated();
            if (ended == null
                    || (ended.exitCode() != 0 && old.spec().restartPolicy().equals("OnFailure"))) {
                continue;
            }
            for (var i = 0; i < statuses.size(); i++) {
                if (statuses.get(i).name().equals(before.name())
                        && statuses.get(i).state().terminated() == null) {
                    errors.at(i)
                            .at("state")
                            .forbidden("may not be transitioned to non-terminated state");
                }
            }
        }
    }
}
