package io.coxswain.apiserver.admission.optional;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.core.Pod;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Which images of a pod are judged.
class PodImagesTest {

    @Test
    void theContainersOfEverySortAreAskedAbout() {
        var pod =
                RecordReader.read(
                        Pod.class,
                        """
                        {"spec":{"containers":[{"name":"a","image":"one"}],
                         "initContainers":[{"name":"b","image":"two"}],
                         "ephemeralContainers":[{"name":"c","image":"three"}]}}
                        """
                                .getBytes(StandardCharsets.UTF_8));

        assertThat(PodImages.of(pod)).containsExactly("one", "two", "three");
    }
}
