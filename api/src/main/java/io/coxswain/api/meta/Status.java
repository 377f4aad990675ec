package io.coxswain.api.meta;

import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.Name;
import io.coxswain.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record Status(
        String kind,
        String apiVersion,
        ListMeta metadata,
        String status,
        String message,
        String reason,
        @Nullable StatusDetails details,
        int code) {

    public record ListMeta(
            String selfLink,
            String resourceVersion,
            @Name("continue") String continue_,
            @Nullable Long remainingItemCount,
            @Nullable @Gate("ShardedListAndWatch") ShardInfo shardInfo) {}

    public record ShardInfo(@Required String selector) {}

    public record StatusDetails(
            String name,
            String group,
            String kind,
            String uid,
            List<StatusCause> causes,
            int retryAfterSeconds) {}

    public record StatusCause(String reason, String message, String field) {}
}
