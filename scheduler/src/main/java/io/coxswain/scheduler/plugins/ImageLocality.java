package io.coxswain.scheduler.plugins;

import io.coxswain.api.core.Container;
import io.coxswain.scheduler.framework.NodeScore;
import io.coxswain.scheduler.framework.ScorePlugin;
import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Prefers nodes that have the pod's images already; the larger the image and the more nodes have
/// it, the more (an image that one node has would otherwise draw every pod there).
public final class ImageLocality implements ScorePlugin {

    private static final long BYTES_MIN = 23L << 20;
    private static final long BYTES_PER_CONTAINER_MAX = 1_000L << 20;

    @Override
    public @Nullable NodeScore scores(PodInfo pod, Snapshot snapshot) {
        var spec = pod.pod().spec();
        var images =
                Stream.concat(spec.initContainers().stream(), spec.containers().stream())
                        .map(Container::image)
                        .map(ImageLocality::complete)
                        .toList();
        if (images.stream().allMatch(image -> snapshot.nodesWith(image) == 0)) {
            return null;
        }
        return new Score(snapshot, images);
    }

    /// The name with the tag that is meant when none is said.
    static String complete(String image) {
        return image.lastIndexOf(':') <= image.lastIndexOf('/') ? image + ":latest" : image;
    }

    private record Score(Snapshot snapshot, List<String> images) implements NodeScore {

        @Override
        public long score(NodeInfo node) {
            var bytes = 0L;
            for (var image : images) {
                var size = node.images().get(image);
                if (size != null) {
                    bytes += (long) ((double) size * snapshot.nodesWith(image) / snapshot.size());
                }
            }
            var max = BYTES_PER_CONTAINER_MAX * images.size();
            var held = Math.clamp(bytes, BYTES_MIN, max);
            return MAX * (held - BYTES_MIN) / (max - BYTES_MIN);
        }
    }
}
