package io.coxswain.cli.commands.set;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `set image`.
final class SetImage {

    static final Command COMMAND =
            Command.of(
                    "set image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ..."
                            + " [options]",
                    "Update the image of a pod template",
                    Flags.class,
                    SetImage::run);

    record Flags(ChangeFlags change) implements ChangeFlags.Holder {}

    private SetImage() {}

    private static int run(Call<Flags> call) {
        var words = PodSpecs.Words.of(call.arguments(), false);
        var changes = new Changes(call.session(), call.flags().change(), "kubectl-set");
        var nothing = words.objects().isEmpty() && call.flags().change().files().isEmpty();
        if (words.settings().isEmpty() && !nothing) {
            throw new CliError("at least one image update is required");
        }
        return changes.each(
                changes.allTargets(words.objects()),
                target -> {
                    var patch = images(PodSpecs.of(target), words.settings());
                    PodSpecs.patch(changes, target, patch, "image updated");
                });
    }

    private static Json.Obj images(Json.Obj spec, Map<String, String> images) {
        var patch = Json.EMPTY;
        var unknown = new ArrayList<>(images.keySet());
        for (var list : List.of("initContainers", "containers")) {
            var changed = new ArrayList<Json>();
            for (var container : Trees.objects(spec, list)) {
                var name = container.text("name");
                var image = images.getOrDefault(name, images.get("*"));
                if (image != null) {
                    unknown.remove(name);
                    unknown.remove("*");
                    changed.add(Trees.of("name", name, "image", image));
                }
            }
            patch = changed.isEmpty() ? patch : patch.with(list, Json.array(changed));
        }
        if (!unknown.isEmpty()) {
            throw new CliError("unable to find container named \"" + unknown.getFirst() + "\"");
        }
        return patch;
    }
}
