package io.coxswain.api;

import io.coxswain.api.admissionregistration.MutatingAdmissionPolicy;
import io.coxswain.api.admissionregistration.MutatingAdmissionPolicyBinding;
import io.coxswain.api.columns.Cells;
import io.coxswain.api.columns.ServerCells;
import io.coxswain.api.networking.IPAddress;
import io.coxswain.api.networking.ServiceCIDR;
import io.coxswain.api.resource.DeviceClass;
import io.coxswain.api.resource.ResourceClaim;
import io.coxswain.api.resource.ResourceClaimTemplate;
import io.coxswain.api.resource.ResourceSlice;
import io.coxswain.api.resource.v1beta1.Conversions;
import io.coxswain.api.storage.VolumeAttributesClass;
import java.util.List;

/// The alpha and beta versions of kinds that have grown up. A server serves them only if it is told
/// to (`--runtime-config`); their objects are stored as those of the kind's final version.
public final class EarlyVersions {

    public static final List<BuiltIn<?>> ALL =
            List.of(
                    Kinds.of(MutatingAdmissionPolicy.class).alsoAs("v1beta1"),
                    Kinds.of(MutatingAdmissionPolicyBinding.class).alsoAs("v1beta1"),
                    Kinds.of(MutatingAdmissionPolicy.class).alsoAs("v1alpha1"),
                    Kinds.of(MutatingAdmissionPolicyBinding.class).alsoAs("v1alpha1"),
                    Kinds.of(IPAddress.class).alsoAs("v1beta1").deprecatedIn(34),
                    Kinds.of(ServiceCIDR.class).alsoAs("v1beta1").deprecatedIn(34),
                    Kinds.of(VolumeAttributesClass.class).alsoAs("v1beta1").deprecatedIn(34),
                    Kinds.of(DeviceClass.class).alsoAs("v1beta2").deprecatedIn(36),
                    Kinds.of(ResourceClaim.class).alsoAs("v1beta2").deprecatedIn(36),
                    Kinds.of(ResourceClaimTemplate.class).alsoAs("v1beta2").deprecatedIn(36),
                    Kinds.of(ResourceSlice.class).alsoAs("v1beta2").deprecatedIn(36),
                    Kinds.of(DeviceClass.class).alsoAs("v1beta1").deprecatedIn(35),
                    BuiltIn.of(
                                    io.coxswain.api.resource.v1beta1.ResourceClaim.class,
                                    io.coxswain.api.resource.v1beta1.ResourceClaim.STRATEGY,
                                    (claim, now) ->
                                            ServerCells.claim(
                                                    Conversions.CLAIM.toStored().apply(claim), now))
                            .storedAs(ResourceClaim.class, Conversions.CLAIM)
                            .deprecatedIn(35),
                    BuiltIn.of(
                                    io.coxswain.api.resource.v1beta1.ResourceClaimTemplate.class,
                                    io.coxswain.api.resource.v1beta1.ResourceClaimTemplate.STRATEGY,
                                    Cells::nameAndAge)
                            .storedAs(ResourceClaimTemplate.class, Conversions.TEMPLATE)
                            .deprecatedIn(35),
                    BuiltIn.of(
                                    io.coxswain.api.resource.v1beta1.ResourceSlice.class,
                                    io.coxswain.api.resource.v1beta1.ResourceSlice.STRATEGY,
                                    (slice, now) ->
                                            ServerCells.slice(
                                                    Conversions.SLICE.toStored().apply(slice), now))
                            .storedAs(ResourceSlice.class, Conversions.SLICE)
                            .deprecatedIn(35));

    private EarlyVersions() {}
}
