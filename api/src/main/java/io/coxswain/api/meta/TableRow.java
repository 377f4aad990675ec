package io.coxswain.api.meta;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record TableRow(
        @Required List<Json> cells,
        List<TableRowCondition> conditions,
        @Nullable @Always Json object) {

    public record TableRowCondition(
            @Required String type, @Required String status, String reason, String message) {}
}
