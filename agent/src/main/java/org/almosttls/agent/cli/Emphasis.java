package org.almosttls.agent.cli;

import picocli.CommandLine.Help.Ansi;

/** Bold and colours, where they are wanted: not in a file, nor under NO_COLOR. */
record Emphasis(Ansi ansi) {

    /** @param how as picocli calls it, such as {@code bold,red} */
    String of(String how, String text) {
        return ansi.enabled() ? Ansi.ON.string("@|" + how + " " + text + "|@") : text;
    }
}
