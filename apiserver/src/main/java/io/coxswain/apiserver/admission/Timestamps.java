package io.coxswain.apiserver.admission;

import io.coxswain.api.certificates.CertificateSigningRequest;
import io.coxswain.api.certificates.CertificateSigningRequest.CertificateSigningRequestCondition;
import io.coxswain.api.certificates.CertificateSigningRequest.CertificateSigningRequestStatus;
import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.PersistentVolume.PersistentVolumeStatus;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.PodCondition;
import io.coxswain.api.core.Pod.PodStatus;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.registry.Times;
import io.coxswain.base.Clock;
import java.time.Instant;
import java.util.List;

/// Fills in when a state was reached, for the kinds where that is the server's business. A kind's
/// Strategy cannot: it knows no clock.
public record Timestamps(Clock clock) implements AdmissionPlugin {

    @Override
    @SuppressWarnings("unchecked")
    public <T> T allocate(AdmissionRequest<T> request, T object) {
        var now = Times.seconds(clock.now());
        return switch (object) {
            case CertificateSigningRequest updated -> (T) decided(request, updated, now);
            case PersistentVolume volume -> (T) phased(request, volume, now);
            case Pod pod -> request.operation() == Operation.CREATE ? (T) gated(pod, now) : object;
            default -> object;
        };
    }

    private static CertificateSigningRequest decided(
            AdmissionRequest<?> request, CertificateSigningRequest updated, Instant now) {
        var before =
                request.old() instanceof CertificateSigningRequest old
                        ? old.status().conditions()
                        : List.<CertificateSigningRequestCondition>of();
        var conditions = updated.status().conditions();
        if (conditions.equals(before)) {
            return updated;
        }
        var timed = conditions.stream().map(one -> timed(one, before, now)).toList();
        return Edit.with(
                updated,
                CertificateSigningRequest::status,
                Edit.with(updated.status(), CertificateSigningRequestStatus::conditions, timed));
    }

    private static CertificateSigningRequestCondition timed(
            CertificateSigningRequestCondition one,
            List<CertificateSigningRequestCondition> before,
            Instant now) {
        var updated = one.lastUpdateTime();
        var since = one.lastTransitionTime();
        for (var old : before) {
            if (since == null
                    && old.type().equals(one.type())
                    && old.status().equals(one.status())) {
                since = old.lastTransitionTime();
            }
        }
        return Edit.of(one)
                .set(
                        CertificateSigningRequestCondition::lastUpdateTime,
                        updated == null ? now : updated)
                .set(
                        CertificateSigningRequestCondition::lastTransitionTime,
                        since == null ? now : since)
                .done();
    }

    private static PersistentVolume phased(
            AdmissionRequest<?> request, PersistentVolume volume, Instant now) {
        var old = request.old() instanceof PersistentVolume stored ? stored.status() : null;
        var status = volume.status();
        if (old != null && old.phase().equals(status.phase())) {
            return volume;
        }
        var given = status.lastPhaseTransitionTime();
        if (old != null && given != null && !given.equals(old.lastPhaseTransitionTime())) {
            return volume;
        }
        return Edit.with(
                volume,
                PersistentVolume::status,
                Edit.with(status, PersistentVolumeStatus::lastPhaseTransitionTime, now));
    }

    /// A pod with scheduling gates says so from its first moment.
    private static Pod gated(Pod pod, Instant now) {
        var conditions = pod.status().conditions();
        if (conditions.stream().allMatch(one -> one.lastTransitionTime() != null)) {
            return pod;
        }
        var timed =
                conditions.stream()
                        .map(one ->
                                one.lastTransitionTime() != null
                                        ? one
                                        : Edit.with(one, PodCondition::lastTransitionTime, now))
                        .toList();
        return Edit.with(pod, Pod::status, Edit.with(pod.status(), PodStatus::conditions, timed));
    }
}
