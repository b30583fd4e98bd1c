package org.almosttls.agent.cli;

import java.io.File;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** {@code demo}: the whole story in a minute. */
@Command(name = "demo", description = "Show AlmostTLS under applications nobody modified, in a minute.")
final class DemoCommand implements Callable<Integer> {

    private final File jar;

    DemoCommand(File jar) {
        this.jar = jar;
    }

    @Override
    public Integer call() {
        Screen screen = new Screen(System.out, Ansi.AUTO);
        screen.bad("not built yet " + jar);
        return 1;
    }
}
