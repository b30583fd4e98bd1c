package org.almosttls.agent.attach;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** Of the jar that this comes from. */
final class Version {

    private Version() {}

    static String ours() {
        String here = Version.class.getResource("Version.class").getPath();
        int end = here.indexOf("!/");
        if (end < 0) return "of no version";
        try (JarFile jar = new JarFile(new File(URI.create(here.substring(0, end))))) {
            return jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        } catch (IOException | IllegalArgumentException gone) {
            return "of unknown version";
        }
    }
}
