//! Two hosts, and jobs on both of them.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _, stderr};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once};
use std::thread::{sleep, spawn};
use std::time::Duration;

use parallel_for_tests::{Folder, Outcome, Program, Variant, Vendor, workspace};

/// Runs a command that writes to `output` and `errors` in a folder, where both can be read meanwhile.
const WITH_FILES: &str = r#"exec "$@" >"$0/output" 2>"$0/errors""#;

/// Runs a command as a rank, and keeps its exit code in a folder.
const WITH_CODE: &str = r#"
"$@"
code=$?
echo "$code" >"$0/code-$(hostname)-$$"
exit "$code"
"#;

/// The hosts `left` and `right` with a cable between them, and a folder that both have, for one job; all are gone with this
/// value.
pub(crate) struct Hosts {
    vendor: Vendor,
    folder: Folder,
    script: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// By which the script is found.
    process: String,
    /// Whether the job has ended, in whatever way.
    is_over: Arc<AtomicBool>,
}

impl Hosts {
    /// `None`, and says so, where there can't be any. A build would wait for jobs of other tests: it comes first.
    pub(crate) fn new(name: &str, vendor: Vendor) -> Option<Self> {
        let folder = Folder::new(&format!("network-{name}"));
        let mut script = Command::new(maker())
            .current_dir(workspace())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the script is there");
        let mut hosts = Self {
            vendor,
            folder,
            input: script.stdin.take().expect("it is piped"),
            output: BufReader::new(script.stdout.take().expect("it is piped")),
            script,
            process: String::new(),
            is_over: Arc::default(),
        };
        let said = hosts.answer();
        let Some(process) = said.strip_prefix("ready ") else {
            static SAID: Once = Once::new();
            SAID.call_once(|| {
                // Not `eprintln!`, which the test runner captures.
                let _ = writeln!(stderr(), "SKIPPED the suite `network`: {said}");
            });
            return None;
        };
        process.clone_into(&mut hosts.process);
        for variant in [Variant::Sequential, Variant::Mpi(vendor)] {
            let _ = variant.binary("hello");
        }
        Some(hosts)
    }

    /// The path of a file that both hosts see.
    pub(crate) fn file(&self, name: &str) -> String {
        self.folder.file(name)
    }

    /// Takes the cable out.
    pub(crate) fn cut(&mut self) {
        self.tell("cut");
    }

    /// Puts the cable in again.
    pub(crate) fn join(&mut self) {
        self.tell("join");
    }

    /// Ends all that runs on both, without a word.
    pub(crate) fn switch_off(&mut self) {
        let _ = self.script.kill();
        let _ = self.script.wait();
    }

    fn tell(&mut self, command: &str) {
        writeln!(self.input, "{command}").expect("the script listens");
        assert_eq!(self.answer(), command);
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        let read = self.output.read_line(&mut line);
        read.expect("the script speaks");
        line.trim().to_owned()
    }

    /// Waits until a file says something.
    pub(crate) fn wait_for(&self, name: &str) -> String {
        self.wait(name, || !self.read(name).is_empty());
        self.read(name)
    }

    /// Waits until the job has said something.
    pub(crate) fn wait_for_words(&self, words: &str) {
        self.wait(words, || self.errors().contains(words));
    }

    /// Waits until something holds, for as long as there is a job.
    pub(crate) fn wait(&self, what: &str, holds: impl Fn() -> bool) {
        while !holds() {
            let errors = self.errors();
            // Before the next look: the last words come with the end.
            let is_over = self.is_over.load(Ordering::Relaxed);
            sleep(Duration::from_millis(50));
            assert!(!is_over || holds(), "no {what}: {errors}");
        }
    }

    /// Lets ranks go on that wait for it.
    pub(crate) fn let_go(&self) {
        fs::write(self.file("go"), "").expect("a scratch file");
    }

    /// What the job has printed by now.
    pub(crate) fn output(&self) -> String {
        self.read("output")
    }

    /// What it has said.
    fn errors(&self) -> String {
        self.read("errors")
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap_or_default()
    }

    /// The exit codes of those ranks on a host that have ended by themselves.
    pub(crate) fn codes(&self, host: &str) -> Vec<String> {
        let entries = self.folder.path().read_dir().expect("a scratch folder");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let of_host = paths.filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(&format!("code-{host}-"))
        });
        let codes = of_host.map(|path| fs::read_to_string(path).unwrap_or_default());
        let whole = codes.filter_map(|code| Some(code.strip_suffix('\n')?.to_owned()));
        whole.collect()
    }

    /// Runs a program with so many ranks on the left and one on the right, and does something meanwhile.
    pub(crate) fn run(
        &mut self,
        program: &Program,
        left: usize,
        meanwhile: impl FnOnce(&mut Self),
    ) -> Outcome {
        let (launcher, variant) = (self.launcher(left), Variant::Mpi(self.vendor));
        let folder = self.file("");
        let program = program
            .clone()
            .variable("PARALLEL_FOR_TEST_FOLDER", &folder);
        let is_over = Arc::clone(&self.is_over);
        let run = spawn(move || {
            let _over = Over(is_over);
            program.run_by(launcher, variant)
        });
        let done = catch_unwind(AssertUnwindSafe(|| meanwhile(self)));
        if done.is_err() {
            self.switch_off();
        }
        let outcome = run.join();
        done.unwrap_or_else(|panic| resume_unwind(panic));
        let mut outcome = outcome.unwrap_or_else(|panic| resume_unwind(panic));
        outcome.stdout.push_str(&self.output());
        outcome.stderr.push_str(&self.errors());
        outcome
    }

    /// Starts a command on so many ranks of the left host, and one of the right.
    fn launcher(&self, left: usize) -> Command {
        let (list, variables) = match self.vendor {
            Vendor::OpenMpi => (
                format!("left slots={left}\nright slots=1\n"),
                [
                    ("OMPI_MCA_orte_default_hostfile", self.file("list")),
                    ("OMPI_MCA_plm_rsh_agent", maker()),
                    ("OMPI_MCA_oob_tcp_if_include", "cable".to_owned()),
                    ("OMPI_MCA_btl_tcp_if_include", "cable".to_owned()),
                    ("OMPI_MCA_btl", "tcp,self".to_owned()),
                ],
            ),
            Vendor::Mpich => (
                format!("left:{left}\nright:1\n"),
                [
                    ("HYDRA_HOST_FILE", self.file("list")),
                    ("HYDRA_LAUNCHER", "ssh".to_owned()),
                    ("HYDRA_LAUNCHER_EXEC", maker()),
                    ("HYDRA_IFACE", "cable".to_owned()),
                    // Memory is no way from one host to another, though it is one machine.
                    ("UCX_TLS", "tcp,self".to_owned()),
                ],
            ),
        };
        fs::write(self.file("list"), list).expect("a scratch file");
        let ranks = self.vendor.command(left + 1);
        let mut launcher = Command::new(maker());
        launcher.args(["in", &self.process, "bash", "-c", WITH_FILES]);
        launcher.arg(self.folder.path()).arg(ranks.get_program());
        launcher.args(ranks.get_args());
        launcher
            .args(["bash", "-c", WITH_CODE])
            .arg(self.folder.path());
        let usual = ranks.get_envs();
        launcher.envs(usual.filter_map(|(name, value)| Some((name, value?))));
        launcher.envs(variables);
        launcher
    }
}

/// Says that a job is over, also when its guard panics.
struct Over(Arc<AtomicBool>);

impl Drop for Over {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Drop for Hosts {
    fn drop(&mut self) {
        self.switch_off();
    }
}

/// The script that makes them.
fn maker() -> String {
    let path = workspace().join("tests/network/hosts");
    path.to_str().expect("a path that is text").to_owned()
}
