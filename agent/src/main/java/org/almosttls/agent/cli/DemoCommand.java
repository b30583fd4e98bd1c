package org.almosttls.agent.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** {@code demo}: the whole story in a minute. It ends with 0, or with 1 and the reason. */
@Command(name = "demo", description = "Show AlmostTLS under applications nobody modified, in a minute.")
final class DemoCommand implements Callable<Integer> {

    private static final String SAMPLES = "almosttls.demo.samples";
    private static final Duration LONGEST = Duration.ofSeconds(55);

    private final File jar;
    private final Screen screen = new Screen(System.out, Ansi.AUTO);

    DemoCommand(File jar) {
        this.jar = jar;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return show(samples());
        } catch (DemoFailed e) {
            screen.bad(e.getMessage());
        } catch (IOException | GeneralSecurityException e) {
            screen.bad(e.toString());
        }
        return 1;
    }

    /** A folder with {@code NAME/target/NAME.jar} for each sample, as the build leaves them. */
    private static Path samples() throws DemoFailed {
        String folder = System.getProperty(SAMPLES, "");
        if (folder.isEmpty()) {
            throw new DemoFailed("it needs the sample applications: in a checkout type ./almost-tls demo, or say where"
                    + " they are with -D" + SAMPLES + "=FOLDER");
        }
        if (!Files.isDirectory(Path.of(folder))) throw new DemoFailed("there is no folder " + folder);
        return Path.of(folder).toAbsolutePath();
    }

    private int show(Path samples) throws DemoFailed, IOException, GeneralSecurityException, InterruptedException {
        long start = System.nanoTime();
        DemoFolder folder = DemoFolder.create();
        DemoProcesses processes = new DemoProcesses(folder.path(), screen, LONGEST);
        Runnable cleaning = () -> {
            processes.stop();
            folder.delete();
        };
        // Also if somebody presses Ctrl-C.
        Runtime.getRuntime().addShutdownHook(new Thread(cleaning, "cleaning"));
        try {
            new Demo(folder, new JavaUnderAgent(jar.toPath(), samples), processes, screen).show();
        } finally {
            cleaning.run();
        }
        screen.title("\nAll as expected, in "
                + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " seconds.");
        return 0;
    }
}
