package io.coxswain.scheduler.plugins;

import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.node;
import static io.coxswain.client.fixture.Nouns.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.NodeSelector;
import io.coxswain.api.core.NodeSelector.NodeSelectorRequirement;
import io.coxswain.api.core.NodeSelector.NodeSelectorTerm;
import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.PersistentVolumeClaimSpec;
import io.coxswain.api.core.PersistentVolumeSpec;
import io.coxswain.api.core.PersistentVolumeSpec.VolumeNodeAffinity;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.Volume;
import io.coxswain.api.core.Volumes.PersistentVolumeClaimVolumeSource;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.storage.StorageClass;
import io.coxswain.client.fixture.PodNoun;
import io.coxswain.scheduler.framework.VolumeStep;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VolumeBindingTest {

    private static final StorageClass LAZY = storageClass("WaitForFirstConsumer");

    @Test
    void aClaimThatIsNotThereHoldsThePodBack() {
        var given = Given.nodes(node("a"));

        assertThat(given.filter(new VolumeBinding(), using("data")))
                .isEqualTo("never: persistentvolumeclaim \"data\" not found");
    }

    @Test
    void aClaimThatWaitsForNobodyMustBeBoundFirst() {
        var objects = ObjectsList.of(claim("fast", ""), storageClass("Immediate"));
        var given = Given.nodes(objects, node("a"));

        assertThat(given.filter(new VolumeBinding(), using("data")))
                .isEqualTo("never: pod has unbound immediate PersistentVolumeClaims");
    }

    @Test
    void aPodFollowsItsVolume() {
        var objects = ObjectsList.of(claim("fast", "pv1"), volumeOn("a"));
        var given = Given.nodes(objects, node("a"), node("b"));

        assertThat(given.filter(new VolumeBinding(), using("data")))
                .isEqualTo("{a=ok, b=!node(s) didn't match PersistentVolume's node affinity}");
    }

    @Test
    void aVolumeIsMadeForTheNodeThatWasChosen() {
        Resource claim = claim("fast", "");
        var given = Given.nodes(ObjectsList.of(claim, LAZY), node("a"));
        var pod = given.info(using("data").build());
        var node = Objects.requireNonNull(given.snapshot.find("a"));

        assertThat(given.filter(new VolumeBinding(), using("data"))).isEqualTo("{a=ok}");
        assertThat(new VolumeBinding().before(pod, node, given.snapshot))
                .containsExactly(new VolumeStep.Provision((PersistentVolumeClaim) claim, "a"));
    }

    @Test
    void aPodWithoutClaimsIsBoundRightAway() {
        var given = Given.nodes(node("a"));
        var node = Objects.requireNonNull(given.snapshot.find("a"));

        assertThat(new VolumeBinding().before(given.info(pod("web").build()), node, given.snapshot))
                .isNull();
    }

    private static PodNoun using(String claim) {
        var volume =
                Edit.of(Volume.class)
                        .set(Volume::name, "v")
                        .set(
                                Volume::persistentVolumeClaim,
                                new PersistentVolumeClaimVolumeSource(claim, false))
                        .done();
        return pod("web").spec(spec -> Edit.with(spec, PodSpec::volumes, List.of(volume)));
    }

    private static PersistentVolumeClaim claim(String storageClass, String volume) {
        var noun =
                any(PersistentVolumeClaim.class, "data")
                        .with(claim ->
                                Edit.with(
                                        claim,
                                        PersistentVolumeClaim::spec,
                                        Edit.of(claim.spec())
                                                .set(
                                                        PersistentVolumeClaimSpec::storageClassName,
                                                        storageClass)
                                                .set(PersistentVolumeClaimSpec::volumeName, volume)
                                                .done()));
        return volume.isEmpty()
                ? noun.build()
                : noun.annotated("pv.kubernetes.io/bind-completed", "yes").build();
    }

    private static StorageClass storageClass(String mode) {
        return any(StorageClass.class, "fast")
                .set(StorageClass::volumeBindingMode, mode)
                .set(StorageClass::provisioner, "csi.example.com")
                .build();
    }

    private static PersistentVolume volumeOn(String node) {
        var host = new NodeSelectorRequirement("kubernetes.io/hostname", "In", List.of(node));
        var terms = List.of(new NodeSelectorTerm(List.of(host), List.of()));
        return any(PersistentVolume.class, "pv1")
                .with(volume ->
                        Edit.with(
                                volume,
                                PersistentVolume::spec,
                                Edit.with(
                                        volume.spec(),
                                        PersistentVolumeSpec::nodeAffinity,
                                        new VolumeNodeAffinity(new NodeSelector(terms)))))
                .build();
    }
}
