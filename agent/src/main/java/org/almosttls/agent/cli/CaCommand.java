package org.almosttls.agent.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.almosttls.agent.authority.LocalAuthority;
import org.almosttls.agent.authority.Wanted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ca init} and {@code ca issue}: certificates for connections that are upgraded. */
@Command(
        name = "ca",
        description = "A small certificate authority in a folder, for connections that are upgraded.",
        mixinStandardHelpOptions = true)
final class CaCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();

    @Override
    public void run() {
        spec.commandLine().usage(out());
    }

    @Command(description = "Makes an authority: ca.p12 with its key, ca.password, and ca.pem for all to trust.")
    int init(
            @Parameters(paramLabel = "DIR", description = "A folder, which is made if it is not there.") Path folder,
            @Option(names = "--name", defaultValue = "AlmostTLS local CA", description = "Its name: ${DEFAULT-VALUE}.")
                    String name,
            @Option(names = "--days", defaultValue = "3650", description = "How long it holds: ${DEFAULT-VALUE}.")
                    int days) {
        return told(() -> {
            var authority = LocalAuthority.init(folder, name, days, clock, random);
            say("certificate authority in " + folder + ": " + described(authority.certificate()));
            say("to be trusted by everybody: upgrade.truststore=" + folder.resolve("ca.pem"));
            say("to be kept: ca.p12 and ca.password");
        });
    }

    @Command(description = "Issues a key and its certificate: NAME.p12 and NAME.password.")
    int issue(
            @Parameters(paramLabel = "DIR", description = "The authority's folder.") Path folder,
            @Parameters(paramLabel = "NAME", description = "For whom.") String name,
            @Option(
                            names = "--san",
                            description = "How it is reached: dns:a.example, ip:10.0.0.7; without one: dns:NAME.")
                    List<String> names,
            @Option(names = "--spiffe", description = "Its SPIFFE ID.") List<String> uris,
            @Option(
                            names = {"--rsa"},
                            description = "An RSA key, as AlmostTLSv1 needs it.")
                    boolean rsa) {
        return told(() -> {
            var wanted = new Wanted(name, orNone(names), orNone(uris), 90, rsa);
            var issued = LocalAuthority.open(folder, clock, random).issue(wanted);
            say(described(issued));
            say("upgrade.keystore=" + folder.resolve(name + ".p12") + ",upgrade.keystore.password_file="
                    + folder.resolve(name + ".password") + ",upgrade.truststore=" + folder.resolve("ca.pem"));
        });
    }

    private static List<String> orNone(List<String> given) {
        return given == null ? List.of() : given;
    }

    private static String described(X509Certificate certificate) throws GeneralSecurityException {
        List<String> names = new ArrayList<>();
        var alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) for (var each : alternatives) names.add(String.valueOf(each.get(1)));
        return certificate.getSubjectX500Principal() + (names.isEmpty() ? "" : " (" + String.join(", ", names) + ")")
                + ", from " + certificate.getNotBefore().toInstant() + " to "
                + certificate.getNotAfter().toInstant();
    }

    /** Work with files and keys. */
    @FunctionalInterface
    private interface Work {
        void run() throws GeneralSecurityException, IOException;
    }

    private int told(Work work) {
        try {
            work.run();
            return 0;
        } catch (FileAlreadyExistsException e) {
            return complain(e.getFile() + " is there already, and is not written over");
        } catch (NoSuchFileException e) {
            return complain("there is no " + e.getFile() + "; \"ca init\" makes an authority");
        } catch (IllegalArgumentException | GeneralSecurityException | IOException e) {
            return complain(e.getMessage());
        }
    }

    private int complain(String why) {
        spec.commandLine().getErr().println(why);
        return 1;
    }

    private void say(String line) {
        out().println(line);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
