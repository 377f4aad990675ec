package io.coxswain.cli.commands.set;

import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Line;
import java.util.List;

/// `set`: changes specific features of objects.
public final class SetCommand {

    public static final Command COMMAND =
            Command.group(
                    "set SUBCOMMAND [options]",
                    "Set specific features on objects",
                    List.of(
                            Line.of(
                                    "env",
                                    "Update environment variables on a pod template",
                                    () -> SetEnv.COMMAND),
                            Line.of(
                                    "image",
                                    "Update the image of a pod template",
                                    () -> SetImage.COMMAND),
                            Line.of(
                                    "resources",
                                    "Update resource requests/limits on objects with pod templates",
                                    () -> SetResources.COMMAND),
                            Line.of(
                                    "selector",
                                    "Set the selector on a resource",
                                    () -> SetSelector.COMMAND),
                            Line.of(
                                    "serviceaccount",
                                    "Update the service account of a resource",
                                    () -> SetServiceAccount.COMMAND),
                            Line.alias("sa", "serviceaccount", () -> SetServiceAccount.COMMAND),
                            Line.of(
                                    "subject",
                                    "Update the user, group, or service account in a role binding"
                                            + " or cluster role binding",
                                    () -> SetSubject.COMMAND)));

    private SetCommand() {}
}
