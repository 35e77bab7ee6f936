//! Tells Tauri which commands the window may call. Never does anything at run time.

fn main() {
    // Naming the commands makes each of them a permission: the window may call these and no more.
    let manifest = tauri_build::AppManifest::new().commands(&[
        "rpc",
        "open_address",
        "open_file",
        "choose_folder",
    ]);
    if let Err(error) =
        tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
    {
        eprintln!("{error:#}");
        std::process::exit(1);
    }
}
