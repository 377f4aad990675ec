package io.coxswain.controllers.protection;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.pod;
import static io.coxswain.client.fixture.Nouns.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.Volume;
import io.coxswain.api.core.Volumes.PersistentVolumeClaimVolumeSource;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Step;
import io.coxswain.client.fixture.PodNoun;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtectionTest {

    @SuppressWarnings("unchecked")
    private final Controller<PersistentVolumeClaim> claims =
            (Controller<PersistentVolumeClaim>) Protection.all().getFirst().controller();

    @Test
    void aClaimThatIsDeletedGoesWhenNoPodUsesIt() {
        var claim = claim(true);

        var steps = claims.reconcile(claim, view(claim, pod("other"))).steps().toList();

        assertThat(steps)
                .singleElement()
                .isInstanceOfSatisfying(
                        Step.Update.class,
                        step ->
                                assertThat(step.object().metadata().finalizers())
                                        .containsExactly("example.com/mine"));
    }

    @Test
    void aClaimStaysWhileAPodOnANodeUsesIt() {
        var claim = claim(true);

        assertThat(claims.reconcile(claim, view(claim, user("n1"))).steps()).isEmpty();
        assertThat(claims.reconcile(claim, view(claim, user(""))).steps()).isNotEmpty();
    }

    @Test
    void aClaimThatNobodyDeletesKeepsItsFinalizer() {
        var claim = claim(false);

        assertThat(claims.reconcile(claim, view(claim)).steps()).isEmpty();
    }

    private static PersistentVolumeClaim claim(boolean deleted) {
        var claim =
                any(PersistentVolumeClaim.class, "data")
                        .finalizer("kubernetes.io/pvc-protection")
                        .finalizer("example.com/mine");
        return (deleted ? claim.deleting(NOW) : claim).build();
    }

    private static PodNoun user(String node) {
        var volume =
                Edit.of(Volume.class)
                        .set(Volume::name, "v")
                        .set(
                                Volume::persistentVolumeClaim,
                                new PersistentVolumeClaimVolumeSource("data", false))
                        .done();
        return pod("user")
                .on(node)
                .spec(spec -> Edit.with(spec, PodSpec::volumes, List.of(volume)));
    }
}
